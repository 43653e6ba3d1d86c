import { quantile } from 'd3-array';
import { randomStream } from '../../../src-shared/random.ts';
import type { Range } from '../../../src-shared/statistics/interval.ts';

/** Resamples: the ends of an interval then scatter by some 7 % of its half width. */
const RESAMPLES = 400;

/** Of each resample how often each row is in it. The same ones each time, so that layers and runs are resampled alike. */
export function resampledRows(rows: number): Uint8Array[] {
  return Array.from({ length: RESAMPLES }, (_, resample) => {
    const stream = randomStream(0, 'bootstrap', resample);
    const weights = new Uint8Array(rows);
    for (let draw = 0; draw < rows; draw++) {
      const row = stream.integer(rows);
      weights[row] = (weights[row] as number) + 1;
    }
    return weights;
  });
}

/**
 * 95 % interval from the values of resamples, as far to each side as these lie from their mean: what a measure gains by
 * seeing the same rows twice shifts all of them, and is no scatter. It is cut at the ends of the range.
 */
export function bootstrapInterval(
  value: number,
  resampled: readonly number[],
  [least, most]: Range,
): readonly [low: number, high: number] {
  const sorted = Float64Array.from(resampled).sort();
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length;
  const at = (share: number): number => quantile(sorted, share) ?? NaN;
  // by rounding alone an end can lie beyond the value
  const low = Math.min(value, value + at(0.025) - mean);
  const high = Math.max(value, value + at(0.975) - mean);
  return [Math.max(least, low), Math.min(most, high)];
}
