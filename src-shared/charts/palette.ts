/** How many colours a palette has. */
export const COLOURS = 7;

type Seven = readonly [string, string, string, string, string, string, string];

/**
 * Colours of series, told apart by colour-blind eyes: Okabe and Ito's (2008), the darkest first, the yellow, which is faint on white,
 * last; two of Paul Tol's (personal.sron.nl/~pault, 2021); and greys for print without colours.
 */
const PALETTES = {
  'okabe-ito': ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#f0e442'],
  'tol-bright': ['#4477aa', '#ee6677', '#228833', '#aa3377', '#66ccee', '#ccbb44', '#bbbbbb'],
  'tol-muted': ['#332288', '#cc6677', '#117733', '#88ccee', '#882255', '#ddcc77', '#44aa99'],
  greys: ['#1a1a1a', '#737373', '#bdbdbd', '#454545', '#969696', '#5c5c5c', '#d9d9d9'],
} as const satisfies Readonly<Record<string, Seven>>;
export type PaletteName = keyof typeof PALETTES;
export const PALETTE_NAMES: readonly PaletteName[] = ['okabe-ito', 'tol-bright', 'tol-muted', 'greys'];

/** What is chosen of the colours of a chart. */
export interface ColourChoice {
  readonly palette?: PaletteName | undefined;
  /** Of maps: values as colours. */
  readonly map?: ColourMapName | undefined;
  /** Of single series, by what the legend calls them. */
  readonly colours?: Readonly<Record<string, string>> | undefined;
}

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
export function lookOf(index: number, mark = index, choice: ColourChoice = {}, label = ''): Look {
  return {
    colour: colourOf(index, choice, label),
    symbol: symbolOf(mark),
    dash: DASHES[mark % DASHES.length] ?? [],
  };
}

/** @param label what the legend calls the series, where it has one: its colour may have been chosen */
export function colourOf(
  index: number,
  { palette = 'okabe-ito', colours = {} }: ColourChoice = {},
  label = '',
): string {
  const chosen = Object.hasOwn(colours, label) ? colours[label] : undefined;
  return chosen ?? PALETTES[palette][index % COLOURS] ?? PALETTES[palette][0];
}

/** Whether any of these lines have the same colour. */
export function areShared(indices: readonly number[]): boolean {
  return new Set(indices.map((index) => index % COLOURS)).size < indices.length;
}

export function symbolOf(index: number): SymbolName {
  return SYMBOLS[index % SYMBOLS.length] ?? SYMBOLS[0];
}

/** Maps from dark to light, even in lightness: of cividis (Nuñez, Anderton and Renslow 2018) colour-blind eyes see the same. */
const MAPS = {
  cividis: '00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838',
  viridis: '440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725',
  greys: '1a1a1a f2f2f2',
} as const;
export type ColourMapName = keyof typeof MAPS;
export const MAP_NAMES: readonly ColourMapName[] = ['cividis', 'viridis', 'greys'];

const STOPS = new Map(
  MAP_NAMES.map((name) => [name, MAPS[name].split(' ').map((stop) => `#${stop}`)] as const),
);

/** The colours that a map leads through, at even distances. */
export function mapStops({ map = 'cividis' }: ColourChoice = {}): readonly string[] {
  return STOPS.get(map) ?? [];
}

/** What is below zero, zero and above it: ColorBrewer's RdBu (Harrower and Brewer 2003), which colour-blind eyes tell apart. */
export const AROUND_ZERO: readonly string[] =
  '#b2182b #d6604d #f4a582 #fddbc7 #f7f7f7 #d1e5f0 #92c5de #4393c3 #2166ac'.split(' ');

/** Colour of the map at a position from 0 to 1. */
export function mapColour(position: number, choice: ColourChoice = {}): string {
  return colourAmong(mapStops(choice), position);
}

/** What of a map can be seen as a thin line: not the end that is nearly the background. */
const SEEN = { light: [0, 0.75], dark: [0.35, 1] } as const;

/** Colours for a background. */
interface LineChoice extends ColourChoice {
  readonly theme: keyof typeof SEEN;
}

/** The same for a line, in colours that stand out from the background. */
export function mapLineColour(position: number, style: LineChoice): string {
  const [low, high] = SEEN[style.theme];
  return mapColour(low + (high - low) * position, style);
}

/** Colour at a position from 0 to 1 among colours at even distances. */
export function colourAmong(stops: readonly string[], position: number): string {
  const place = Math.min(1, Math.max(0, position)) * (stops.length - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)].map((index) => channels(stops[index]));
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

/** Of so many lines, by their place. @param labels what the legend calls them */
export function lineColours(count: number, choice: ColourChoice, labels: readonly string[] = []): string[] {
  return Array.from({ length: count }, (_, place) => colourOf(place, choice, labels[place]));
}
