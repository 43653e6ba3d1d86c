/** Characters of a value that say which one is meant. */
const LONGEST = 80;

/** A value as it may have been written, shortened: `0.5`, `"sdg"`, `[1,1]`, `.nan`. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return showUnbounded(value);
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? showUnbounded(part) : part,
  );
  return shorten(text);
}

/** Enough of a text to know it by. */
export function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** As YAML writes it. */
function showUnbounded(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  return value > 0 ? '.inf' : '-.inf';
}
