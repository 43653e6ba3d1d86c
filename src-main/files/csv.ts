/** A table as CSV (RFC 4180, with `\n`), its columns' names first. */
export function csv(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return csvRows([columns, ...rows]);
}

/**
 * Null and undefined are empty, what is no text is JSON, so that numbers have a dot and all their digits. A text that a
 * spreadsheet would take for a formula has an apostrophe before it.
 */
export function csvRows(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? withoutFormula(value) : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets compute what begins so, whoever wrote it: a class or a note must not become a command. */
const FORMULA = /^[=+\-@\t\r\n]/;

function withoutFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
