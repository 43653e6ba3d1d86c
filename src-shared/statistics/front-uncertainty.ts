import { quantile } from 'd3-array';
import { randomStream, type RandomStream } from '../random.ts';
import { mean } from './interval.ts';
import { paretoFront } from './pareto-front.ts';
import type { SeedValue } from './compare-seeds.ts';

export interface CellValues {
  readonly cell: string;
  readonly cost: number;
  /** One value for each seed; those that are not finite are left out, and cells without any. */
  readonly seeds: readonly SeedValue[];
}

/** At a cost, the value that the front of a resample attains with no more than that cost. */
export interface AttainmentPoint {
  readonly cost: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface FrontUncertainty {
  /** Share of the resamples in which a cell is on the front, by cell. */
  readonly shares: ReadonlyMap<string, number>;
  /** The band that holds the middle `level` of the resamples, at each distinct cost, rising. */
  readonly band: readonly AttainmentPoint[];
  /** Cells with a single seed, which cannot vary: the front is less certain than it seems. */
  readonly unvaried: readonly string[];
  readonly resamples: number;
}

/**
 * How much the Pareto front of the cells' means depends on the seeds: the front of many resamples of the seeds with
 * replacement. Where all cells have the same seeds, a seed is drawn for all cells at once, since their runs with it are
 * paired. A bootstrap of few seeds sees too little spread (with three it covers about .73 where .95 is claimed), so the
 * band is a lower bound of the uncertainty. The same cells always give the same result.
 */
export function frontUncertainty(
  cells: readonly CellValues[],
  { resamples = 1000, level = 0.95 }: { readonly resamples?: number; readonly level?: number } = {},
): FrontUncertainty {
  const known = cells
    .map((cell) => ({ ...cell, seeds: cell.seeds.filter(({ value }) => Number.isFinite(value)) }))
    .filter(({ seeds }) => seeds.length > 0);
  const draw = sampler(known);
  const costs = [...new Set(known.map(({ cost }) => cost))].sort((a, b) => a - b);
  const counts = new Map(known.map(({ cell }) => [cell, 0]));
  const attained = costs.map(() => new Float64Array(resamples));
  const stream = randomStream(0, 'seeds of the front');
  for (let resample = 0; resample < resamples; resample++) {
    const values = draw(stream);
    const front = paretoFront(
      known.map(({ cell, cost }, place) => ({ cell, cost, value: values[place] ?? NaN })),
    );
    for (const { cell } of front) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    let reached = 0;
    for (const [place, cost] of costs.entries()) {
      while ((front[reached + 1]?.cost ?? Infinity) <= cost) reached += 1;
      const column = attained[place];
      if (column) column[resample] = front[reached]?.value ?? NaN;
    }
  }
  return {
    shares: new Map([...counts].map(([cell, count]) => [cell, count / resamples])),
    band: costs.map((cost, place) => attainment(cost, attained[place] ?? new Float64Array(), level)),
    unvaried: known.filter(({ seeds }) => seeds.length < 2).map(({ cell }) => cell),
    resamples,
  };
}

/** Draws the mean of every cell over a resample of its seeds. */
function sampler(cells: readonly CellValues[]): (stream: RandomStream) => number[] {
  const sorted = cells.map(({ seeds }) => seeds.toSorted((a, b) => a.seed - b.seed));
  const names = sorted.map((seeds) => seeds.map(({ seed }) => seed).join());
  const shared = names.every((name) => name === names[0]);
  const indices = (n: number, stream: RandomStream): number[] =>
    Array.from({ length: n }, () => stream.integer(n));
  return (stream) => {
    const common = shared ? indices(sorted[0]?.length ?? 0, stream) : null;
    return sorted.map((seeds) =>
      mean((common ?? indices(seeds.length, stream)).map((index) => seeds[index]?.value ?? NaN)),
    );
  };
}

function attainment(cost: number, values: Float64Array, level: number): AttainmentPoint {
  return {
    cost,
    low: quantile(values, (1 - level) / 2) ?? NaN,
    median: quantile(values, 0.5) ?? NaN,
    high: quantile(values, (1 + level) / 2) ?? NaN,
  };
}
