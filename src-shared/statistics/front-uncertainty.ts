import { quantile } from 'd3-array';
import { randomStream, type RandomStream } from '../random.ts';
import { hypervolume, type HypervolumeReference } from './hypervolume.ts';
import { mean } from './interval.ts';
import { middleShare } from './middle-share.ts';
import { paretoFront } from './pareto-front.ts';
import type { SeedValue } from './compare-seeds.ts';

export interface CellValues {
  readonly cell: string;
  readonly cost: number;
  /** One value for each seed; those that are not finite are left out, and cells without any. */
  readonly seeds: readonly SeedValue[];
  /** Cells of one set have a front of their own; absent where all are of one. */
  readonly set?: string;
}

/** At a cost, the value that the front of a resample attains with no more than that cost. */
export interface AttainmentPoint {
  readonly cost: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface FrontBand {
  /** Empty where all cells are of one. */
  readonly set: string;
  /** The band that holds the middle `level` of the resamples, at each distinct cost, rising. */
  readonly points: readonly AttainmentPoint[];
  /** Of the fronts of the resamples the middle `level`; null without a reference. */
  readonly hypervolume: {
    readonly low: number;
    readonly high: number;
    /** Share of the resamples in which no other set has as much. */
    readonly largest: number;
  } | null;
}

export interface FrontUncertainty {
  /** Share of the resamples in which a cell is on the front of its set, by cell. */
  readonly shares: ReadonlyMap<string, number>;
  /** In the order of the first cells of the sets. */
  readonly bands: readonly FrontBand[];
  /** Cells with a single seed, which cannot vary: the front is less certain than it seems. */
  readonly unvaried: readonly string[];
  readonly resamples: number;
}

/**
 * How much the Pareto fronts of the cells' means depend on the seeds: the fronts of many resamples of the seeds with
 * replacement. Where all cells have the same seeds, a seed is drawn for all cells at once, since their runs with it are
 * paired. A bootstrap of few seeds sees too little spread (with three it covers about .73 where .95 is claimed), so bands
 * and ranges are a lower bound of the uncertainty. The same cells always give the same result.
 */
export function frontUncertainty(
  cells: readonly CellValues[],
  {
    reference = null,
    resamples = 1000,
    level = 0.95,
  }: {
    readonly reference?: HypervolumeReference | null;
    readonly resamples?: number;
    readonly level?: number;
  } = {},
): FrontUncertainty {
  const known = cells
    .map((cell) => ({ ...cell, seeds: cell.seeds.filter(({ value }) => Number.isFinite(value)) }))
    .filter(({ seeds }) => seeds.length > 0);
  const draw = sampler(known);
  const counts = new Map(known.map(({ cell }) => [cell, 0]));
  const places = Map.groupBy(known.keys(), (place) => known[place]?.set ?? '');
  const sets = [...places].map(([set, members]) => {
    const costs = [...new Set(members.map((place) => known[place]?.cost ?? NaN))].sort((a, b) => a - b);
    return {
      ...{ set, members, costs, attained: costs.map(() => new Float64Array(resamples)) },
      ...{ volumes: new Float64Array(resamples), largest: 0 },
    };
  });
  const stream = randomStream(0, 'seeds of the front');
  for (let resample = 0; resample < resamples; resample++) {
    const values = draw(stream);
    for (const { members, costs, attained, volumes } of sets) {
      const front = paretoFront(
        members.map((place) => ({
          ...{ cell: known[place]?.cell ?? '', cost: known[place]?.cost ?? NaN },
          value: values[place] ?? NaN,
        })),
      );
      for (const { cell } of front) counts.set(cell, (counts.get(cell) ?? 0) + 1);
      let reached = 0;
      for (const [place, cost] of costs.entries()) {
        while ((front[reached + 1]?.cost ?? Infinity) <= cost) reached += 1;
        const column = attained[place];
        if (column) column[resample] = front[reached]?.value ?? NaN;
      }
      if (reference) volumes[resample] = hypervolume(front, reference);
    }
    if (!reference) continue;
    const [first, second] = sets.toSorted((a, b) => (b.volumes[resample] ?? 0) - (a.volumes[resample] ?? 0));
    if (first && first.volumes[resample] !== second?.volumes[resample]) first.largest += 1;
  }
  return {
    shares: new Map([...counts].map(([cell, count]) => [cell, count / resamples])),
    bands: sets.map(({ set, costs, attained, volumes, largest }) => ({
      set,
      points: costs.map((cost, place) => {
        const column = attained[place] ?? new Float64Array();
        return { cost, median: quantile(column, 0.5) ?? NaN, ...middleShare(column, level) };
      }),
      hypervolume: reference && { ...middleShare(volumes, level), largest: largest / resamples },
    })),
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
