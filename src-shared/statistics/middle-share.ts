import { quantile } from 'd3-array';

/** The ends of the middle `level` of some values; NaN of none. */
export function middleShare(
  values: Float64Array,
  level: number,
): { readonly low: number; readonly high: number } {
  return {
    low: quantile(values, (1 - level) / 2) ?? NaN,
    high: quantile(values, (1 + level) / 2) ?? NaN,
  };
}
