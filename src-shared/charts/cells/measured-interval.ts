import type { Range, TInterval } from '../../statistics/interval.ts';
import { pairInterval } from '../../statistics/pair-interval.ts';
import type { SeedValue } from '../../statistics/compare-seeds.ts';
import { seedInterval } from '../../statistics/seed-interval.ts';
import type { MeasuredCell } from './measured-cell.ts';

/**
 * 95 % interval of the mean of these values, one a seed, of a cell or of several together.
 *
 * @param firstStage see `seedInterval`
 * @param range what the values can be
 */
export function measuredInterval(
  { isOfPairs }: Pick<MeasuredCell, 'isOfPairs'>,
  values: readonly SeedValue[],
  firstStage: readonly number[] | undefined,
  range: Range,
): TInterval {
  if (!isOfPairs) return seedInterval(values, firstStage, range);
  return pairInterval(
    values.map(({ value }) => value),
    { range },
  );
}
