import { randomStream } from '../random.ts';
import { middleShare } from './middle-share.ts';

const LEVEL = 0.95;

export interface BootstrapInterval {
  readonly low: number;
  readonly high: number;
  readonly resamples: number;
}

/**
 * Percentile interval of the mean of paired differences: that of many resamples of the pairs with replacement (Efron and
 * Tibshirani, "An introduction to the bootstrap", 1993, chapter 13). For hundreds of pairs or more; of few it is too narrow. The
 * same differences always give the same interval.
 *
 * @returns null where all are equal: there is nothing to resample.
 */
export function pairedBootstrap(
  differences: readonly number[],
  { resamples = 2000 }: { readonly resamples?: number } = {},
): BootstrapInterval | null {
  const n = differences.length;
  if (differences.every((difference) => difference === differences[0])) return null;
  const values = Float64Array.from(differences);
  const stream = randomStream(0, 'resampled pairs');
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < n; draw++) sum += values[stream.integer(n)] ?? 0;
    return sum / n;
  });
  return { ...middleShare(means, LEVEL), resamples };
}
