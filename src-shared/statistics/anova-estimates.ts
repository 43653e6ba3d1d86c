import type { AnovaCell, AnovaDesign } from './anova-design.ts';
import { holmAdjusted } from './holm.ts';
import { mean, tInterval } from './interval.ts';
import { standardErrors } from './standard-errors.ts';
import { tTail } from './tail-probability.ts';

export interface VarianceSource {
  readonly sumOfSquares: number;
  readonly degreesOfFreedom: number;
  readonly meanSquare: number;
}

/** An estimate with its interval and the p of its being zero. */
export interface Estimate {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

export interface Marginal {
  readonly level: string;
  /** Runs with this level. */
  readonly n: number;
  /** Mean of the level's cell means, each cell counting the same. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** How far the level lies from the mean of all levels. */
  readonly effect: Estimate;
}

export interface InteractionEffect extends Estimate {
  readonly row: string;
  readonly column: string;
  /** p adjusted by Holm's method for the number of cells. */
  readonly adjustedP: number;
}

/** What estimates are made from. */
export interface ContrastFrame {
  readonly cells: readonly (readonly AnovaCell[])[];
  readonly residual: VarianceSource;
  /** Of the interval. */
  readonly level: number;
}

/**
 * The sum of the cell means times their weights, which must add up to zero, with interval and test by the residual mean
 * square.
 */
export function contrast(
  { cells, residual, level }: ContrastFrame,
  weightOf: (cell: AnovaCell) => number,
): Estimate {
  const all = cells.flat();
  const estimate = all.reduce((sum, cell) => sum + weightOf(cell) * cell.mean, 0);
  const weights = all.reduce((sum, cell) => sum + weightOf(cell) ** 2 / cell.n, 0);
  const error = Math.sqrt(residual.meanSquare * weights);
  const half = standardErrors(level, residual.degreesOfFreedom) * error;
  const p = tTail(estimate / error, residual.degreesOfFreedom);
  return { estimate, low: estimate - half, high: estimate + half, p };
}

/**
 * How much the step between two columns differs between two rows: (a2 - a1) in the second row minus that in the
 * first. Zero without an interaction.
 */
export function differenceOfDifferences(
  frame: ContrastFrame,
  rows: readonly [first: string, second: string],
  columns: readonly [first: string, second: string],
): Estimate {
  const sign = (name: string, [first, second]: readonly [string, string]): number =>
    name === second ? 1 : name === first ? -1 : 0;
  return contrast(frame, ({ row, column }) => sign(row, rows) * sign(column, columns));
}

/** The levels of one factor with their means over the other factor. */
export function marginals(design: AnovaDesign, frame: ContrastFrame, part: 'row' | 'column'): Marginal[] {
  const levels = part === 'row' ? design.rows : design.columns;
  return levels.map((name) => marginal(design, frame, part, name));
}

function marginal(design: AnovaDesign, frame: ContrastFrame, part: 'row' | 'column', name: string): Marginal {
  const levels = part === 'row' ? design.rows.length : design.columns.length;
  const across = part === 'row' ? design.columns.length : design.rows.length;
  const members = design.cells.flat().filter((cell) => cell[part] === name);
  const n = members.reduce((sum, cell) => sum + cell.n, 0);
  const effect = contrast(frame, (cell) => (Number(cell[part] === name) - 1 / levels) / across);
  return { level: name, n, effect, ...marginalMean(design, frame, part, name, members) };
}

function marginalMean(
  { observations, blocked }: AnovaDesign,
  { residual, level }: ContrastFrame,
  part: 'row' | 'column',
  name: string,
  members: readonly AnovaCell[],
): { readonly mean: number; readonly low: number; readonly high: number } {
  const centre = mean(members.map((cell) => cell.mean));
  if (blocked) {
    const own = observations.filter((observation) => observation[part] === name);
    const bySeed = Map.groupBy(own, ({ seed }) => seed).values();
    const interval = tInterval(
      Array.from(bySeed, (runs) => mean(runs.map(({ value }) => value))),
      level,
    );
    return { mean: centre, low: interval.low ?? NaN, high: interval.high ?? NaN };
  }
  const variance = members.reduce((sum, { n }) => sum + 1 / n, 0) / members.length ** 2;
  const quantile = standardErrors(level, residual.degreesOfFreedom);
  const half = quantile * Math.sqrt(residual.meanSquare * variance);
  return { mean: centre, low: centre - half, high: centre + half };
}

/** What is left of each cell's mean after both main effects, row by row. */
export function interactionEffects(design: AnovaDesign, frame: ContrastFrame): InteractionEffect[] {
  const estimates = design.cells.flat().map(({ row, column }) => ({
    row,
    column,
    ...contrast(
      frame,
      (cell) =>
        (Number(cell.row === row) - 1 / design.rows.length) *
        (Number(cell.column === column) - 1 / design.columns.length),
    ),
  }));
  const adjusted = holmAdjusted(estimates.map(({ p }) => p));
  return estimates.map((estimate, place) => ({ ...estimate, adjustedP: adjusted[place] ?? NaN }));
}
