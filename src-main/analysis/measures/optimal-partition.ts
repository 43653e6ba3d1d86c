import { bisectRight } from 'd3-array';
import { ckmeans } from 'simple-statistics';

/**
 * The partition of numbers into at most so many clusters with the least sum of squared distances to the clusters' means, which
 * for numbers, unlike for vectors, can be found exactly (Wang and Song 2011).
 *
 * @returns the cluster of each number, the smallest numbers in cluster 0; equal numbers are in one cluster
 */
export function optimalPartition(values: ArrayLike<number>, clusters: number): Int32Array {
  const numbers = Array.from(values);
  // with more clusters than different numbers it would divide equal ones
  const least = ckmeans(numbers, Math.min(clusters, new Set(numbers).size)).map(([first]) => first ?? NaN);
  return Int32Array.from(values, (value) => bisectRight(least, value) - 1);
}
