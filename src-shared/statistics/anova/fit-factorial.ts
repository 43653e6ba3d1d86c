import {
  arrangeRuns,
  type FactorialDesign,
  type FactorialRun,
  type GivenFactor,
  type Level,
} from './design.ts';
import { type FactorialModel, factorialModel } from './model.ts';
import {
  type Fit,
  fitColumns,
  type NormalEquations,
  type Observation,
  residualOf,
  withinBlocks,
} from './within-blocks.ts';

/** Runs with the model of main effects and interactions fitted to them. */
export interface FactorialFit {
  readonly design: FactorialDesign;
  readonly model: FactorialModel;
  readonly order: number;
  readonly n: number;
  /** Sum of squares about the mean of all runs. */
  readonly total: number;
  readonly equations: NormalEquations;
  readonly fit: Fit;
  readonly residual: Variation;
  /** Of the seeds beyond all effects; null unless they are blocks. */
  readonly seeds: SeedVariation | null;
  /** What the means of the cells vary beyond the model, and the runs beyond their cell and seed; null where the model leaves none. */
  readonly lackOfFit: { readonly cells: Variation; readonly runs: Variation } | null;
}

export interface Variation {
  readonly sumOfSquares: number;
  readonly degreesOfFreedom: number;
}

export interface SeedVariation extends Variation {
  /** By how much a variance between seeds raises the expected sum of squares. */
  readonly weight: number;
}

/** Of a sum of squares, what rounding leaves of nothing. */
export const ROUNDING = 1e-20;

/** @throws Problem `usage` saying why an analysis of variance is impossible */
export function fitFactorial(
  runs: readonly FactorialRun[],
  factors: readonly GivenFactor[],
  order: number,
): FactorialFit {
  const design = arrangeRuns(runs, factors);
  const model = factorialModel(design, order);
  const rows = design.cells.map(({ levels }) => cellRow(model, levels));
  const observations = design.runs.map(({ cell, block, value }) => ({ row: cell, block, value }));
  const equations = withinBlocks(rows, observations);
  const fit = fitColumns(equations, allColumns(model));
  const n = observations.length;
  const whole = withinBlocks(rows, observations.map(unblocked));
  const rest = residualOf(rows, observations, fit);
  const residual = {
    sumOfSquares: rest > ROUNDING * whole.total ? rest : 0,
    degreesOfFreedom: n - equations.blocks.length - fit.rank,
  };
  return {
    ...{ design, model, order, n, equations, fit, residual },
    total: whole.total,
    seeds: design.blocked ? seedVariation(whole, { rows, equations, residual }) : null,
    lackOfFit: lackOfFit(observations, design, residual),
  };
}

export function allColumns({ columns }: FactorialModel): number[] {
  return Array.from({ length: columns }, (_, column) => column);
}

function cellRow(model: FactorialModel, levels: readonly Level[]): Float64Array {
  return model.row(levels.map((level, place) => model.code(place, level)));
}

function unblocked({ row, value }: Observation): Observation {
  return { row, value, block: 0 };
}

interface Blocked {
  readonly rows: readonly Float64Array[];
  readonly equations: NormalEquations;
  readonly residual: Variation;
}

/** What seeds explain beyond the effects; the weight is the trace that multiplies their variance in its expectation (Henderson's method 3). */
function seedVariation(whole: NormalEquations, { rows, equations, residual }: Blocked): SeedVariation {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => column);
  const fit = fitColumns(whole, columns);
  const centre = whole.blocks[0]?.row ?? new Float64Array();
  const weight = equations.blocks.reduce((sum, { n, row }) => {
    const { coordinates } = fit.project(row.map((value, at) => n * (value - (centre[at] ?? 0))));
    return sum - n ** 2 / whole.n - coordinates.reduce((squares, each) => squares + each ** 2, 0);
  }, whole.n);
  return {
    weight,
    sumOfSquares: Math.max(0, whole.total - fit.explained(columns) - residual.sumOfSquares),
    degreesOfFreedom: whole.n - 1 - fit.rank - residual.degreesOfFreedom,
  };
}

/** Of more cells and seeds than these the test would take seconds. */
const MOST_FITTED = 500;

/** Compares the model with one that has a mean for each cell; of cells and seeds the more numerous ones are taken out as blocks. */
function lackOfFit(
  observations: readonly Observation[],
  { cells, blocks }: FactorialDesign,
  residual: Variation,
): FactorialFit['lackOfFit'] {
  const [few, many] = blocks <= cells.length ? (['block', 'row'] as const) : (['row', 'block'] as const);
  const count = Math.min(blocks, cells.length);
  if (count > MOST_FITTED) return null;
  const rows = Array.from({ length: count }, (_, place) =>
    Float64Array.from({ length: count - 1 }, (_entry, at) => Number(at === place)),
  );
  const turned = observations.map((each) => ({ row: each[few], block: each[many], value: each.value }));
  const equations = withinBlocks(rows, turned);
  const fit = fitColumns(
    equations,
    Array.from({ length: count - 1 }, (_, column) => column),
  );
  const runs = {
    sumOfSquares: residualOf(rows, turned, fit),
    degreesOfFreedom: equations.n - equations.blocks.length - fit.rank,
  };
  const left = {
    sumOfSquares: Math.max(0, residual.sumOfSquares - runs.sumOfSquares),
    degreesOfFreedom: residual.degreesOfFreedom - runs.degreesOfFreedom,
  };
  return left.degreesOfFreedom < 1 ? null : { cells: left, runs };
}
