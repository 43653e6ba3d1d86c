import type { SeedValue } from './compare-seeds.ts';
import { type Range, tInterval, type TInterval } from './interval.ts';

/**
 * 95 % t interval of the mean over seeds.
 *
 * @param firstStage of seeds that were added by a rule those whose deviation decided how many there are: theirs alone counts then.
 *   This holds for any metric of the runs, since the means of normal values are independent of the deviations of all metrics.
 * @param range what the values can be
 */
export function seedInterval(
  values: readonly SeedValue[],
  firstStage: readonly number[] | undefined,
  range: Range,
): TInterval {
  const all = values.map(({ value }) => value);
  if (!firstStage) return tInterval(all, { range });
  const first = new Set(firstStage);
  const decisive = values.filter(({ seed }) => first.has(seed)).map(({ value }) => value);
  return tInterval(all, { range, firstStage: decisive });
}
