/** Widths in em, a little above those of Source Sans 3, STIX Two Text and Inter. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ '`ijl|.,:;]/, 0.27],
  [/[!()[\]{}ft\-/\\r"I]/, 0.36],
  [/[mwMW@%]/, 0.84],
  [/[A-Z&×±+−=<>]/, 0.63],
  [/[0-9]/, 0.6],
];
const OTHERS = 0.57;

/** About the width of a line of text, in the unit of the font size. Nothing is measured, so it is the same everywhere. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const letter of text) width += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHERS;
  return width * fontSize;
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
  while (short.length > 1 && !fits(`${short}…`, fontSize, width)) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}
