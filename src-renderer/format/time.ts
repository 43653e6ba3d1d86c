const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** An ISO time in the user's zone, e.g. `23 Nov 2026, 14:05`. */
export function dateTime(iso: string | null): string {
  return iso === null ? '–' : DATE.format(new Date(iso));
}
