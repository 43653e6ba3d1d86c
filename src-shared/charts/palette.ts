/**
 * Okabe and Ito's colours (2008), told apart by colour-blind eyes; the darkest first, the yellow, which is faint
 * on white, last.
 */
const OKABE_ITO = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#f0e442'] as const;

/** How many colours there are. */
export const COLOURS = OKABE_ITO.length;

const SYMBOLS = ['circle', 'square', 'diamond', 'triangle', 'inverted triangle', 'cross'] as const;
export type SymbolName = (typeof SYMBOLS)[number];

/** Dashes in line widths; the first is a solid line. */
const DASHES: readonly (readonly number[])[] = [[], [5, 2.5], [1.5, 1.5], [6, 2, 1.5, 2], [9, 3]];

/** By what a line or a group of marks is told from the others, in colour and without. */
export interface Look {
  readonly colour: string;
  readonly symbol: SymbolName;
  readonly dash: readonly number[];
}

/**
 * The look of the line with this index: 210 of them differ.
 *
 * @param mark index of symbol and dash, where they tell something else than the colour: 30 of them differ.
 */
export function lookOf(index: number, mark = index): Look {
  return { colour: colourOf(index), symbol: symbolOf(mark), dash: DASHES[mark % DASHES.length] ?? [] };
}

export function colourOf(index: number): string {
  return OKABE_ITO[index % OKABE_ITO.length] ?? OKABE_ITO[0];
}

/** Whether any of these lines have the same colour. */
export function areShared(indices: readonly number[]): boolean {
  return new Set(indices.map(colourOf)).size < indices.length;
}

export function symbolOf(index: number): SymbolName {
  return SYMBOLS[index % SYMBOLS.length] ?? SYMBOLS[0];
}

/** Cividis (Nuñez, Anderton and Renslow 2018): even in lightness, the same to colour-blind eyes and in grey. */
export const CIVIDIS = [
  '#00224e',
  '#123570',
  '#3b496c',
  '#575d6d',
  '#707173',
  '#8a8678',
  '#a59c74',
  '#c3b369',
  '#e1cc55',
  '#fee838',
] as const;

/** Colour of the map at a position from 0 to 1. */
export function cividis(position: number): string {
  const place = Math.min(1, Math.max(0, position)) * (CIVIDIS.length - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)].map((index) => channels(CIVIDIS[index]));
  const mixed = (low ?? []).map((value, index) => value + ((high?.[index] ?? value) - value) * (place % 1));
  return `#${mixed.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Black or white, whichever is easier to read on a colour (WCAG's relative luminance). */
export function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#1a1a1a' : '#ffffff';
}

function channels(colour = '#000000'): number[] {
  return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
}

/** Of so many lines, by their place. */
export function lineColours(count: number): string[] {
  return Array.from({ length: count }, (_, place) => colourOf(place));
}
