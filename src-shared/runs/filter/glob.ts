/**
 * Tests of a text by a pattern in which `*` stands for anything, both in the same case. The parts between the wildcards
 * are found one after another, each where it stands first, and never looked for again: the time grows with the text and
 * not with the number of wildcards.
 */

/** Whether a whole text is of the pattern. */
export function matchesWhole(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    const end = text.length - last.length;
    const place = placeAfter(text, rest, first.length);
    return place >= 0 && place <= end && text.endsWith(last);
  };
}

/** Whether a part of a text is of the pattern. */
export function matchesPart(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  return (text) => placeAfter(text, parts, 0) >= 0;
}

/** The end of the last part, each after the one before; -1 where one is missing. */
function placeAfter(text: string, parts: readonly string[], start: number): number {
  let place = start;
  for (const part of parts) {
    const found = text.indexOf(part, place);
    if (found < 0) return -1;
    place = found + part.length;
  }
  return place;
}
