/** What is in the field of an event. */
export function textOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

export function isChecked(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}
