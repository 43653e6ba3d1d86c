import { counted } from '../../../counted.ts';
import { cellsText, countText } from '../../cells/count-text.ts';
import type { MeasuredCell, VaryingSetting } from '../../cells/measured-cell.ts';
import { type ColourChoice, type Look, lookOf } from '../../palette.ts';
import { cutNotes, type Quantity } from '../../quantity.ts';
import type { FactorPoint } from './points.ts';
import type { FactorValue } from '../../../studies/cell.ts';

/** Places of a line among colours, and among symbols and dashes. */
export type LineCode = readonly [colour: number, mark: number];

export interface FactorLine {
  /** e.g. `0.5`; empty for the only line. */
  readonly label: string;
  /** What the label stands for, unshortened; absent where it is a name itself. */
  readonly value?: FactorValue;
  /** Where lines are told apart by two things: what its symbol and dashes stand for. */
  readonly set?: FactorValue;
  /** Absent where its place among the lines gives it. */
  readonly look?: LineCode;
  readonly points: readonly FactorPoint[];
  /** Whether the points are over the same cells, so that what rises along the line rises in these. Others are not joined. */
  readonly isJoined: boolean;
}

/** @param place among the lines */
export function lineLook({ look, value, label }: FactorLine, place: number, choice: ColourChoice): Look {
  const [colour, mark] = look ?? [place, place];
  // of two things the colour tells the first
  const named = typeof value === 'string' && label.startsWith(`${value}, `) ? value : label;
  return lookOf(colour, mark, choice, named);
}

/** Of so many groups of lines it is told over which cells they are; the table has the others. */
const MOST_TOLD = 4;

/** What is to be said of lines of means: their n, over which cells they are, and whether intervals were cut. */
export function linesNotes(lines: readonly FactorLine[], lineTitle: string, quantity: Quantity): string[] {
  return [
    ...cellsNotes(lines, lineTitle),
    ...cutNotes(
      quantity,
      lines.flatMap(({ points }) => points),
    ),
  ];
}

function cellsNotes(lines: readonly FactorLine[], lineTitle: string): string[] {
  const drawn = lines.filter(({ points }) => points.length > 0);
  const counts = countText(drawn.flatMap(({ points }) => points.filter(({ mean }) => mean !== null)));
  const groups = [...Map.groupBy(drawn, wordsOf)].filter(([words]) => words !== '');
  if (groups.length === 0) return [counts];
  const words = groups.map(([over]) => over);
  if (words.length === 1 && drawn.every((line) => wordsOf(line) !== '')) return [counts, ...words];
  const told = groups.slice(0, MOST_TOLD).map(([over, of]) => {
    const labels = of.map(({ label }) => label);
    return `${lineTitle} ${labels.length > MOST_TOLD ? `${labels[0] ?? ''} and ${labels.length - 1} others` : labels.join(', ')}: ${over}`;
  });
  return [
    counts,
    ...told,
    groups.length > MOST_TOLD ? 'see the table for the cells of the other series' : '',
  ];
}

function wordsOf({ points, isJoined }: FactorLine): string {
  if (!isJoined) return 'different cells at each point, so the points are not joined';
  const over = points[0]?.over ?? '';
  if (over === '') return '';
  return points.some(({ cells }) => cells > 1) ? `means over ${over}` : over;
}

/** `left out: 2 cells without a counterpart at each SR (3×3 share 1, bypass none and simple)`; empty without such. */
export function leftCellsNote(
  cells: readonly Pick<MeasuredCell, 'settings'>[],
  varying: readonly VaryingSetting[],
  why: string,
): string {
  if (cells.length === 0) return '';
  return `left out: ${counted(cells.length, 'cell')} ${why} (${cellsText(cells, varying)})`;
}
