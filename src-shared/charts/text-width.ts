/**
 * Widths in em and the letters that have them: at least the widest advance of each in Inter, Source Sans 3 and STIX Two Text, in which
 * pages and figures are set, and at most a seventeenth of an em more.
 */
const WIDTHS: readonly (readonly [number, string])[] = [
  [0.3, " \u00a0!',.:ijl·’‘łı"],
  [0.35, ';t|'],
  [0.39, '()/I[\\]fr¹⁵⁶'],
  [0.43, '{}⁰⁴'],
  [0.47, '"-²³°“”'],
  [0.515, '*1?^_–≤≥≠≈'],
  [0.55, '`ksxεκ⁻⁺'],
  [0.58, '7Jacvyzγ§'],
  [0.605, '5FLehnouµβδημπøŁ«»'],
  [0.635, '#023689EZbdgpq→←σρ✓ßđ'],
  [0.66, '$4BPRSTλ'],
  [0.705, '<>KVXY~×ΔΣα'],
  [0.735, '+=ACD±−φ'],
  [0.78, '&GHNOQUΩØ'],
  [0.82, 'wω'],
  [0.89, 'm↑↓∞½'],
  [0.95, 'M…æ'],
  [1.01, '%@W—ÆœŒ'],
];
const KNOWN = new Map(WIDTHS.flatMap(([width, letters]) => Array.from(letters, (letter) => [letter, width])));
/** Of what stands in none of these lists: about, since no font of ours has all of it. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  // a syllable of Hangul is as wide as its first letter
  [/[\p{Mark}\u1160-\u11ff]/u, 0],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u, 1.2],
  [/\p{Uppercase}/u, 0.8],
];
const OTHERS = 0.65;
/** How much wider a line is in bold: two digits and a point become so much wider in Inter, most words less. */
export const BOLD = 1.065;

/** About the width of a line of text, in the unit of the font size. Nothing is measured, so it is the same everywhere. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  // an accent is as wide as nothing
  for (const letter of text.normalize('NFD')) width += letterWidth(letter);
  return width * fontSize;
}

function letterWidth(letter: string): number {
  return KNOWN.get(letter) ?? KINDS.find(([letters]) => letters.test(letter))?.[1] ?? OTHERS;
}

/** Room that is reckoned from the width of a text may be a rounding smaller than that. */
const ROUNDING = 1e-6;

function fits(text: string, fontSize: number, width: number): boolean {
  return textWidth(text, fontSize) <= width + ROUNDING;
}

/** Breaks text at spaces into lines of at most this width; a single word may be wider. */
export function wrapText(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && fits(longer, fontSize, width)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The first of these texts that fits; the last one cut short if none does. */
export function fittingText(texts: readonly string[], fontSize: number, width: number): string {
  const fitting = texts.find((text) => fits(text, fontSize, width));
  if (fitting !== undefined) return fitting;
  let short = texts.at(-1) ?? '';
  while (short !== '' && !fits(`${short}…`, fontSize, width)) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

/**
 * The same of several texts of which no two must become one: where their ends tell them apart these are kept.
 *
 * @param room for each of them, or by its place.
 */
export function fittingTexts(
  texts: readonly string[],
  fontSize: number,
  room: number | ((place: number) => number),
): string[] {
  const roomAt = typeof room === 'number' ? () => room : room;
  const cut = texts.map((text, place) => fittingText([text], fontSize, roomAt(place)));
  const count = new Set(texts).size;
  const most = Math.max(0, ...texts.map(({ length }) => length));
  const ends = [lastWords, lastLetters].flatMap((endOf) =>
    Array.from({ length: most }, (_, before) => (text: string) => endOf(text, before + 1)),
  );
  let best = cut;
  for (const endOf of ends) {
    if (new Set(best).size === count) break;
    const kept = texts.map((text, place) => {
      const short = cut[place] ?? '';
      return short === text ? text : (endKept(text, endOf(text), fontSize, roomAt(place)) ?? short);
    });
    if (new Set(kept).size > new Set(best).size) best = kept;
  }
  return best;
}

function lastWords(text: string, count: number): number {
  return text.split(' ').slice(-count).join(' ').length;
}

function lastLetters(_text: string, count: number): number {
  return count;
}

/** A beginning and so many of the last letters; null where these alone have no room. */
function endKept(text: string, end: number, fontSize: number, width: number): string | null {
  if (end >= text.length) return null;
  const last = `…${text.slice(-end).trimStart()}`;
  if (!fits(last, fontSize, width)) return null;
  let first = text.slice(0, -end);
  while (!fits(`${first.trimEnd()}${last}`, fontSize, width)) first = first.slice(0, -1);
  return `${first.trimEnd()}${last}`;
}
