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
 * The same of several texts that must stay apart: where what is left of one could be another, ends are kept that tell them apart.
 *
 * @param room for each of them, or by its place.
 */
export function fittingTexts(
  texts: readonly string[],
  fontSize: number,
  room: number | ((place: number) => number),
): string[] {
  const roomAt = typeof room === 'number' ? () => room : room;
  const cuts = texts.map((text, place) => cutAtEnd(text, fontSize, roomAt(place)));
  let best = { cuts, doubts: texts.length > MOST_COMPARED ? 0 : doubtsOf(cuts, texts) };
  for (const endOf of [...WORDS.map(lastWords), ...LETTERS.map((count) => () => count)]) {
    if (best.doubts === 0) break;
    const kept = cuts.map((cut, place) => {
      const text = texts[place] ?? '';
      return cut.isWhole ? cut : (cutBefore(text, endOf(text), fontSize, roomAt(place)) ?? cut);
    });
    const doubts = doubtsOf(kept, texts);
    if (doubts < best.doubts) best = { cuts: kept, doubts };
  }
  return best.cuts.map(({ isWhole, first, last }) => (isWhole ? first : `${first}…${last}`));
}

/** Of more texts each is cut by itself. */
const MOST_COMPARED = 200;
/** How many words or letters at the end are tried. */
const WORDS = [1, 2, 3, 4, 5, 6];
const LETTERS = [1, 2, 3, 4, 6, 8, 12];

/** What is left of a text. */
interface Cut {
  readonly isWhole: boolean;
  readonly first: string;
  readonly last: string;
}

function cutAtEnd(text: string, fontSize: number, width: number): Cut {
  const short = fittingText([text], fontSize, width);
  return short === text
    ? { isWhole: true, first: text, last: '' }
    : { isWhole: false, first: short.slice(0, -1), last: '' };
}

/** A beginning and so many of the last letters; null where these alone have no room. */
function cutBefore(text: string, end: number, fontSize: number, width: number): Cut | null {
  const last = text.slice(-end).trimStart();
  if (end >= text.length || !fits(`…${last}`, fontSize, width)) return null;
  let first = text.slice(0, -end).trimEnd();
  while (!fits(`${first}…${last}`, fontSize, width)) first = first.slice(0, -1).trimEnd();
  return { isWhole: false, first, last };
}

/** How often what is left of a text could be another one. */
function doubtsOf(cuts: readonly Cut[], texts: readonly string[]): number {
  const others = [...new Set(texts)];
  return cuts.reduce((sum, { isWhole, first, last }, place) => {
    if (isWhole) return sum;
    const could = (text: string): boolean =>
      text !== texts[place] && text.startsWith(first) && text.endsWith(last);
    return sum + others.filter(could).length;
  }, 0);
}

function lastWords(count: number): (text: string) => number {
  return (text) => text.split(' ').slice(-count).join(' ').length;
}
