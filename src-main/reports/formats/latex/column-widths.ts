import { fixed } from '../../../../src-shared/numbers.ts';
import type { ReportColumn, ReportTable } from '../../report.ts';
import { LONGEST_WORD } from './texts.ts';

/** Letters of a line of text in these sizes, with what stands between columns counted as two; the smallest that is readable is the last. */
const SIZES = [
  { letters: 88, size: String.raw`\small` },
  { letters: 98, size: String.raw`\footnotesize` },
  { letters: 112, size: String.raw`\scriptsize` },
  { letters: 135, size: String.raw`\tiny` },
] as const;
const [, , , SMALLEST] = SIZES;
/** How much wider a turned page is. */
const TURNED = 1.5;
/** A column of texts that is wider than this is broken into lines where the table is too wide. */
const NARROW = 14;

/** Of a column, in letters: as it is, and as narrow as it may become. */
export interface OwnWidth {
  readonly isLong: boolean;
  readonly whole: number;
  readonly broken: number;
}

export function ownWidths({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): OwnWidth[] {
  return columns.map(({ title, isNumber }, place) => {
    const data = Math.max(0, ...rows.map((row) => row[place]?.length ?? 0));
    const isLong = !isNumber && data > NARROW;
    const words = title.split(' ').map(({ length }) => Math.min(length, LONGEST_WORD));
    return {
      isLong,
      whole: Math.max(title.length, data),
      broken: Math.max(isLong ? NARROW : data, ...words),
    };
  });
}

/** Which columns stand beside each other, by their places: of several parts each begins with the first column. */
export function splitColumns(widths: readonly OwnWidth[]): {
  readonly isTurned: boolean;
  readonly parts: readonly (readonly number[])[];
} {
  const places = widths.map((_, place) => place);
  if (sum(widths, 'broken') <= SMALLEST.letters) return { isTurned: false, parts: [places] };
  const [first = 0, ...others] = places;
  const most = TURNED * SMALLEST.letters - roomOf(widths[first]);
  const parts: number[][] = [];
  let room = 0;
  for (const place of others) {
    const own = roomOf(widths[place]);
    const last = parts.at(-1);
    if (last === undefined || own > room) {
      parts.push([first, place]);
      room = most - own;
    } else {
      last.push(place);
      room -= own;
    }
  }
  return { isTurned: true, parts };
}

/**
 * The size of the text of a table, and its columns. Where they do not fit as they are, titles are broken between words, and long texts
 * share what the others leave.
 */
export function layOut(
  columns: readonly ReportColumn[],
  widths: readonly OwnWidth[],
  isTurned: boolean,
): { readonly size: string; readonly types: string } {
  const sizes = SIZES.map(({ letters, size }) => ({ size, letters: isTurned ? TURNED * letters : letters }));
  const fits = sizes.find(({ letters }) => sum(widths, 'whole') <= letters);
  if (fits) return { size: fits.size, types: columns.map(({ isNumber }) => (isNumber ? 'r' : 'l')).join('') };
  const broken = sum(widths, 'broken');
  const { letters, size } = sizes.find((each) => broken <= each.letters) ?? SMALLEST;
  const long = widths.reduce((total, own) => total + (own.isLong ? own.whole - own.broken : 0), 0);
  const spare = Math.max(0, letters - broken);
  const types = widths.map((own, place) => {
    const more = own.isLong ? spare * ((own.whole - own.broken) / long) : 0;
    const side = columns[place]?.isNumber ? String.raw`\raggedleft` : String.raw`\raggedright`;
    const share = (own.broken + Math.min(more, own.whole - own.broken)) / letters;
    return String.raw`>{${side}\arraybackslash}p{${fixed(share, 3)}\linewidth}`;
  });
  return { size, types: types.join('') };
}

function sum(widths: readonly OwnWidth[], of: 'whole' | 'broken'): number {
  return widths.reduce((total, own) => total + own[of] + 2, 0);
}

/** With what stands between columns. */
function roomOf(width: OwnWidth | undefined): number {
  return (width?.broken ?? 0) + 2;
}
