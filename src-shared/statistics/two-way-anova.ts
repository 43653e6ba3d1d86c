import { arrangeAnova, type AnovaDesign, type AnovaObservation, refusal, someOf } from './anova-design.ts';
import { mean } from './interval.ts';
import { leastSquaresResidual, type Residual } from './least-squares.ts';
import { fTail } from './tail-probability.ts';

export interface VarianceSource {
  readonly sumOfSquares: number;
  readonly degreesOfFreedom: number;
  readonly meanSquare: number;
  /** Eta squared: the sum of squares over the total. Those of all sources add up to 1 where the design is balanced. */
  readonly etaSquared: number;
}

export interface AnovaEffect extends VarianceSource {
  readonly f: number;
  readonly p: number;
  /**
   * Partial omega squared, df (MS - MSE) / (df MS + (N - df) MSE) and not below zero: an estimate for the population of
   * the effect's share in its own variance and the error, all other effects being left out. Such shares do not add up.
   */
  readonly partialOmegaSquared: number;
}

/** A two-way analysis of variance with replicates. */
export interface TwoWayAnova {
  readonly n: number;
  /** Runs that there would be with every seed in every cell; null unless blocked. */
  readonly fullN: number | null;
  /** Whether the seed was taken out as a block; else no seed is in two cells, and runs are plain replicates. */
  readonly blocked: boolean;
  /** Where it is false, sums of squares are of type II and do not add up. */
  readonly balanced: boolean;
  /** Null where it cannot be estimated; `limits` says why. */
  readonly rows: AnovaEffect | null;
  readonly columns: AnovaEffect | null;
  readonly interaction: AnovaEffect | null;
  /** Null unless blocked. */
  readonly seeds: VarianceSource | null;
  readonly residual: VarianceSource;
  /** What cannot be estimated, or only in part, and why; sentences for people. */
  readonly limits: readonly string[];
}

/**
 * Two-way analysis of variance of two factors with any number of levels. The seed is an additive block: runs with one
 * seed share initialisation, order and augmentation. Where some cell lacks a seed, the sums of squares are of type II: a
 * main effect is what it explains beyond the other one and the seed, the interaction what it explains beyond all three.
 * All effects are tested against the residual of the model with the interaction.
 *
 * @param names of the two factors, for `limits`
 * @throws Problem `usage` saying why it cannot be computed.
 */
export function twoWayAnova(
  observations: readonly AnovaObservation[],
  names: FactorPair = { rows: 'rows', columns: 'columns' },
): TwoWayAnova {
  const design = arrangeAnova(observations);
  const { rows, columns, seeds, blocked, balanced } = design;
  const models = fitModels(design);
  const n = design.observations.length;
  const error = n - models.full.rank;
  if (error < 1) throw refusal('the runs leave no residual to compare with; add seeds to every cell');
  if (models.full.sumOfSquares <= 1e-28 * sumOfSquares(design.observations.map(({ value }) => value)))
    throw refusal('the runs of a cell do not differ, so there is no residual to compare with');
  const source = (smaller: Residual, larger: Residual): VarianceSource =>
    sourceOf(smaller.sumOfSquares - larger.sumOfSquares, larger.rank - smaller.rank, models.total);
  const residual = sourceOf(models.full.sumOfSquares, error, models.total);
  const effect = (from: VarianceSource, least: number): AnovaEffect | null =>
    from.degreesOfFreedom < least ? null : effectOf(from, residual, n);
  const effects = {
    rows: effect(source(models.withoutRows, models.additive), rows.length - 1),
    columns: effect(source(models.withoutColumns, models.additive), columns.length - 1),
    // of some cells it is still an interaction
    interaction: effect(source(models.additive, models.full), 1),
  };
  return {
    ...{ n, fullN: blocked ? rows.length * columns.length * seeds.length : null },
    ...{ blocked, balanced, residual, ...effects },
    seeds: blocked ? source(models.withoutSeeds, models.additive) : null,
    limits: limitsOf(design, effects, names),
  };
}

interface FactorPair {
  readonly rows: string;
  readonly columns: string;
}

interface Models {
  /** Sum of squares about the mean of all runs. */
  readonly total: number;
  readonly withoutRows: Residual;
  readonly withoutColumns: Residual;
  readonly withoutSeeds: Residual;
  /** Both factors and the seed, without the interaction. */
  readonly additive: Residual;
  /** A mean for each cell, and the seed. */
  readonly full: Residual;
}

function fitModels({ observations, blocked }: AnovaDesign): Models {
  const row = ({ row: level }: AnovaObservation): string => level;
  const column = ({ column: level }: AnovaObservation): string => level;
  const seed = (run: AnovaObservation): number => (blocked ? run.seed : 0);
  const cell = (run: AnovaObservation): string => JSON.stringify([run.row, run.column]);
  const values = centred(observations.map(({ value }) => value));
  return {
    total: sumOfSquares(values),
    withoutRows: fitWithin(observations, seed, [column]),
    withoutColumns: fitWithin(observations, seed, [row]),
    withoutSeeds: fitWithin(observations, row, [column]),
    additive: fitWithin(observations, seed, [row, column]),
    full: fitWithin(observations, cell, [seed]),
  };
}

type LevelOf = (run: AnovaObservation) => string | number;

/**
 * The additive model of several factors. The first one's levels are taken out as means, of the values and of the others'
 * indicators, which leaves the same as fitting them all (Frisch, Waugh and Lovell) and takes a fraction of the time.
 */
function fitWithin(
  observations: readonly AnovaObservation[],
  first: LevelOf,
  others: readonly LevelOf[],
): Residual {
  const groups = [...Map.groupBy(observations, first).values()];
  const within = (of: (run: AnovaObservation) => number): number[] =>
    groups.flatMap((runs) => centred(runs.map(of)));
  const indicators = others.flatMap((levelOf) =>
    [...new Set(observations.map(levelOf))].map((level) =>
      Float64Array.from(within((run) => Number(levelOf(run) === level))),
    ),
  );
  const { sumOfSquares: left, rank } = leastSquaresResidual(
    indicators,
    within(({ value }) => value),
  );
  return { sumOfSquares: left, rank: groups.length + rank };
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

function limitsOf(
  { rows, columns, empty, blocked }: AnovaDesign,
  effects: Pick<TwoWayAnova, 'rows' | 'columns' | 'interaction'>,
  names: FactorPair,
): string[] {
  const all = (rows.length - 1) * (columns.length - 1);
  const known = effects.interaction?.degreesOfFreedom ?? 0;
  const why =
    empty.length > 0 ? `no complete run for ${someOf(empty)}` : 'the cells have too few seeds in common';
  const told = (name: string, other: string): string =>
    `The main effect of ${name} cannot be separated from that of ${other}${blocked ? ' and the seeds' : ''}: ${why}.`;
  return [
    ...(effects.rows ? [] : [told(names.rows, names.columns)]),
    ...(effects.columns ? [] : [told(names.columns, names.rows)]),
    ...(known === 0 ? [`The interaction cannot be estimated: ${why}.`] : []),
    ...(known > 0 && known < all
      ? [`The interaction is estimated from the other cells only, with ${known} of ${all} df: ${why}.`]
      : []),
  ];
}

function sourceOf(explained: number, degreesOfFreedom: number, total: number): VarianceSource {
  const positive = Math.max(0, explained);
  return {
    ...{ sumOfSquares: positive, degreesOfFreedom, meanSquare: positive / degreesOfFreedom },
    etaSquared: positive / total,
  };
}

/** Less their mean. */
function centred(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}
