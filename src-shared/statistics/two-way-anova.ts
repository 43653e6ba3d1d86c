import {
  arrangeAnova,
  refusal,
  type AnovaCell,
  type AnovaDesign,
  type AnovaObservation,
} from './anova-design.ts';
import {
  interactionEffects,
  marginals,
  type InteractionEffect,
  type Marginal,
  type VarianceSource,
} from './anova-estimates.ts';
import { mean } from './interval.ts';
import { leastSquaresResidual, type Residual } from './least-squares.ts';
import { fTail } from './tail-probability.ts';

export interface AnovaEffect extends VarianceSource {
  readonly f: number;
  readonly p: number;
  /** df (MS - MSE) / (df MS + (N - df) MSE), not below zero: the share of variance that it explains. */
  readonly partialOmegaSquared: number;
}

/** A two-way analysis of variance with replicates. */
export interface TwoWayAnova {
  readonly n: number;
  readonly level: number;
  readonly rowLevels: readonly string[];
  readonly columnLevels: readonly string[];
  readonly cells: readonly (readonly AnovaCell[])[];
  /** Whether the seed was taken out as a block, because every cell has every seed. */
  readonly blocked: boolean;
  /** Where it is false, sums of squares are of type II and do not add up. */
  readonly balanced: boolean;
  readonly rows: AnovaEffect;
  readonly columns: AnovaEffect;
  readonly interaction: AnovaEffect;
  /** Null unless blocked. */
  readonly seeds: VarianceSource | null;
  readonly residual: VarianceSource;
  readonly rowMarginals: readonly Marginal[];
  readonly columnMarginals: readonly Marginal[];
  /** What is left of each cell's mean after both main effects, row by row. */
  readonly interactionEffects: readonly InteractionEffect[];
}

/**
 * Two-way analysis of variance of two factors with any number of levels. Where every cell has every seed, the seed is a
 * block: its runs share initialisation, order and augmentation. Else runs are plain replicates and sums of squares are
 * of type II (each main effect adjusted for the other, not for the interaction).
 *
 * Marginal means of blocked data have t intervals over the seeds' own means, so that they hold for further seeds;
 * effects and contrasts use the residual mean square.
 *
 * @throws Problem `usage` saying why it cannot be computed.
 */
export function twoWayAnova(observations: readonly AnovaObservation[], level = 0.95): TwoWayAnova {
  const design = arrangeAnova(observations);
  const residual = fullResidual(design);
  const { n, ...sources } = sourcesOf(design);
  const effect = (source: VarianceSource): AnovaEffect => effectOf(source, residual, n);
  const frame = { residual, cells: design.cells, level };
  return {
    ...{ n, level, rowLevels: design.rows, columnLevels: design.columns, cells: design.cells },
    ...{ blocked: design.blocked, balanced: design.balanced, residual, seeds: sources.seeds },
    rows: effect(sources.rows),
    columns: effect(sources.columns),
    interaction: effect(interactionSource(design, sources.additive, residual)),
    rowMarginals: marginals(design, frame, 'row'),
    columnMarginals: marginals(design, frame, 'column'),
    interactionEffects: interactionEffects(design, frame),
  };
}

interface Sources {
  readonly n: number;
  readonly rows: VarianceSource;
  readonly columns: VarianceSource;
  readonly seeds: VarianceSource | null;
  /** Of the model without the interaction. */
  readonly additive: Residual;
}

function sourcesOf({ observations, blocked }: AnovaDesign): Sources {
  const values = centred(observations.map(({ value }) => value));
  const ones = [new Float64Array(values.length).fill(1)];
  const seeds = blocked ? indicators(observations.map(({ seed }) => seed)) : [];
  const rows = indicators(observations.map(({ row }) => row));
  const columns = indicators(observations.map(({ column }) => column));
  const fit = (...parts: readonly (readonly Float64Array[])[]): Residual =>
    leastSquaresResidual([...ones, ...parts.flat()], values);
  const additive = fit(seeds, rows, columns);
  return {
    n: values.length,
    additive,
    rows: sourceBetween(fit(seeds, columns), additive),
    columns: sourceBetween(fit(seeds, rows), additive),
    seeds: blocked ? sourceBetween(fit(rows, columns), additive) : null,
  };
}

/** What the larger model explains beyond the smaller one. */
function sourceBetween(smaller: Residual, larger: Residual): VarianceSource {
  return source(smaller.sumOfSquares - larger.sumOfSquares, larger.rank - smaller.rank);
}

function interactionSource(
  { rows, columns }: AnovaDesign,
  additive: Residual,
  residual: VarianceSource,
): VarianceSource {
  return source(additive.sumOfSquares - residual.sumOfSquares, (rows.length - 1) * (columns.length - 1));
}

/** Within cells; of blocked data without what the seeds have in common in all cells. */
function fullResidual({ observations, cells, seeds, blocked }: AnovaDesign): VarianceSource {
  const all = cells.flat();
  const means = new Map(all.map(({ row, column, mean }) => [JSON.stringify([row, column]), mean]));
  const left = observations.map(({ row, column, seed, value }) => ({
    seed,
    value: value - (means.get(JSON.stringify([row, column])) ?? NaN),
  }));
  const shared = new Map(
    [...Map.groupBy(left, ({ seed }) => seed)].map(([seed, members]) => [
      seed,
      blocked ? mean(members.map(({ value }) => value)) : 0,
    ]),
  );
  const squares = left.map(({ seed, value }) => (value - (shared.get(seed) ?? 0)) ** 2);
  const total = observations.reduce((sum, { value }) => sum + value ** 2, 0);
  const sum = squares.reduce((a, b) => a + b, 0);
  if (sum <= 1e-28 * total)
    throw refusal('the runs of a cell do not differ, so there is no error to compare with');
  const within = observations.length - all.length;
  return source(sum, blocked ? within - (seeds.length - 1) : within);
}

function effectOf(from: VarianceSource, residual: VarianceSource, n: number): AnovaEffect {
  const { meanSquare, degreesOfFreedom } = from;
  const error = residual.meanSquare;
  const f = meanSquare / error;
  const omega =
    (degreesOfFreedom * (meanSquare - error)) /
    (degreesOfFreedom * meanSquare + (n - degreesOfFreedom) * error);
  return {
    ...from,
    f,
    p: fTail(f, degreesOfFreedom, residual.degreesOfFreedom),
    partialOmegaSquared: Math.max(0, omega),
  };
}

function source(sumOfSquares: number, degreesOfFreedom: number): VarianceSource {
  const positive = Math.max(0, sumOfSquares);
  return { sumOfSquares: positive, degreesOfFreedom, meanSquare: positive / degreesOfFreedom };
}

/** One column for each distinct name. */
function indicators(names: readonly (string | number)[]): Float64Array[] {
  return [...new Set(names)].map((name) => Float64Array.from(names, (other) => Number(other === name)));
}

/** Without their mean, which only costs digits. */
function centred(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}
