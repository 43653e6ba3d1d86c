import { gammaIncInv } from '#distributions';

/** A value of a cell with a seed. */
export interface PilotValue {
  readonly cell: string;
  readonly seed: number;
  readonly value: number;
}

/** A standard deviation that was estimated, with the interval of the true one. */
export interface Deviation {
  readonly deviation: number;
  readonly degreesOfFreedom: number;
  readonly low: number;
  readonly high: number;
}

export interface PilotDeviations {
  /** Over the seeds of a cell, pooled; null unless a cell has two. */
  readonly within: Deviation | null;
  /** Of the paired differences of two cells, pooled; null unless two cells share two seeds. */
  readonly paired: Deviation | null;
}

/** Sweeps after which what is left is taken as it is; balanced values need one. */
const MOST_SWEEPS = 10_000;

/**
 * How much runs of a study vary, as what another study may expect: each cell once with each seed, values not finite left out.
 *
 * Paired differences vary with what is left after cells and seeds, so their pooled variance is twice the mean square of
 * that residual. With two cells it is exactly the variance of the differences.
 */
export function pilotDeviations(values: readonly PilotValue[], level = 0.95): PilotDeviations {
  const finite = values.filter(({ value }) => Number.isFinite(value));
  // a cell with one seed, or a seed of one cell, is fitted whatever it is
  const cells = groups(finite, ({ cell }) => cell);
  const seeds = groups(finite, ({ seed }) => seed);
  const alone = finite.map(({ value }) => value);
  takeMeans(alone, cells);
  const within = deviationOf(squares(alone), finite.length - cells.length, level);
  const both = [...alone];
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const taken = Math.max(takeMeans(both, seeds), takeMeans(both, cells));
    if (taken <= 1e-14 * Math.max(...alone.map(Math.abs))) break;
  }
  const degrees = finite.length - cells.length - seeds.length + parts(finite.length, [...cells, ...seeds]);
  const residual = deviationOf(2 * squares(both), degrees, level);
  return { within, paired: residual };
}

/** The deviation of normal values with its chi-squared interval. @returns null without a degree of freedom */
export function deviationOf(sumOfSquares: number, degreesOfFreedom: number, level = 0.95): Deviation | null {
  if (degreesOfFreedom < 1) return null;
  const tail = (1 - level) / 2;
  const at = (probability: number): number =>
    Math.sqrt(sumOfSquares / (2 * gammaIncInv(probability, degreesOfFreedom / 2)));
  return {
    deviation: Math.sqrt(sumOfSquares / degreesOfFreedom),
    ...{ degreesOfFreedom, low: at(1 - tail), high: at(tail) },
  };
}

/** The places of the values of each group. */
function groups(values: readonly PilotValue[], keyOf: (value: PilotValue) => string | number): number[][] {
  const places = values.map((_, place) => place);
  return [...Map.groupBy(places, (place) => keyOf(values[place] as PilotValue)).values()];
}

/** Subtracts from each value its group's mean. @returns the greatest of the means */
function takeMeans(values: number[], of: readonly (readonly number[])[]): number {
  let greatest = 0;
  for (const group of of) {
    const mean = group.reduce((sum, place) => sum + (values[place] ?? 0), 0) / group.length;
    for (const place of group) values[place] = (values[place] ?? 0) - mean;
    greatest = Math.max(greatest, Math.abs(mean));
  }
  return greatest;
}

function squares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Into how many parts cells and seeds fall that have no run in common: each has a mean too many. */
function parts(count: number, of: readonly (readonly number[])[]): number {
  const partOf = Array.from({ length: count }, (_, place) => place);
  const rootOf = (place: number): number => {
    let root = place;
    while (partOf[root] !== root) root = partOf[root] ?? root;
    partOf[place] = root;
    return root;
  };
  for (const [first, ...others] of of)
    for (const other of others) partOf[rootOf(other)] = rootOf(first ?? other);
  return new Set(partOf.map((_, place) => rootOf(place))).size;
}
