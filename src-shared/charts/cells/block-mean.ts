import { mean, type Range, type TInterval } from '../../statistics/interval.ts';
import type { MeasuredCell } from './measured-cell.ts';
import { measuredInterval } from './measured-interval.ts';

/** The mean over several cells, each weighing the same. */
export interface BlockMean {
  readonly interval: TInterval;
  /** The mean over the cells for each seed that all of them have. */
  readonly seeds: readonly { readonly seed: number; readonly value: number }[];
  /** Ids of the runs of other seeds, which are not in the mean. */
  readonly unused: readonly string[];
}

/**
 * Mean over cells with the seeds as blocks: each seed that every cell has gives one mean over the cells, and the
 * t interval is over these, so that n counts replicates and not cells. Without two such seeds there is no interval
 * and the mean is that of the cells' means, with an n of 0 unless each cell has the same one seed. Null unless every cell
 * has a run.
 *
 * @param range what the values can be
 */
export function blockMean(cells: readonly MeasuredCell[], range: Range): BlockMean | null {
  const [first, ...others] = cells;
  if (!first || cells.some(({ measured }) => measured.length === 0)) return null;
  const bySeed = cells.map(({ measured }) => new Map(measured.map(({ seed, value }) => [seed, value])));
  const common = first.measured
    .map(({ seed }) => seed)
    .filter((seed) => others.every(({ measured }) => measured.some((run) => run.seed === seed)));
  const seeds = common.map((seed) => ({
    seed,
    value: mean(bySeed.map((values) => values.get(seed) ?? NaN)),
  }));
  if (seeds.length >= 2) {
    const used = new Set(common);
    const others = cells.flatMap(({ measured }) => measured.filter(({ seed }) => !used.has(seed)));
    const unused = others.map(({ run }) => run);
    const interval = measuredInterval(first, seeds, commonFirstStage(cells), range);
    return { seeds, unused, interval };
  }
  const centre = mean(cells.map(({ interval }) => interval.mean ?? NaN));
  const isOneSeed = seeds.length === 1 && cells.every(({ measured }) => measured.length === 1);
  return {
    seeds,
    unused: [],
    interval: { n: isOneSeed ? 1 : 0, mean: centre, low: null, high: null },
  };
}

/** The seeds that are of the first stage in every cell whose seeds a rule adds; undefined without such a cell. */
export function commonFirstStage(
  cells: readonly Pick<MeasuredCell, 'decision'>[],
): readonly number[] | undefined {
  const stages = cells.flatMap(({ decision }) => (decision ? [decision.firstStage] : []));
  return stages[0]?.filter((seed) => stages.every((stage) => stage.includes(seed)));
}
