import { bisectLeft, bisectRight } from 'd3-array';

/** Weights as places in a codebook of shared values. */
export interface SharedWeights {
  /** Values of the codes; code 0 is zero, the others ascend. */
  readonly codebook: Float32Array;
  /** Code of each weight, 0 for a weight that is zero. */
  readonly codes: Uint8Array;
}

const MOST_ROUNDS = 1000;

/**
 * Replaces the weights that are not zero by 2^bits - 1 shared values: k-means (Lloyd's rounds until nothing changes),
 * the first centroids evenly spaced from the least to the greatest weight, which keeps more of the few large weights
 * than density or random starts do (Han et al., section 3.2). A centroid that loses all its weights is left out.
 * @param bits from 2 to 8
 */
export function shareWeights(weights: Float32Array, bits: number): SharedWeights {
  const survivors = Float64Array.from(weights.filter((weight) => weight !== 0)).sort();
  const clusters = 2 ** bits - 1;
  const centroids = clusterCentroids(survivors, linearCentroids(survivors, clusters));
  const used = usedCentroids(survivors, centroids);
  const codebook = Float32Array.from([0, ...used]);
  const borders = midpoints(used);
  const codes = Uint8Array.from(weights, (weight) => (weight === 0 ? 0 : 1 + bisectLeft(borders, weight)));
  return { codebook, codes };
}

/** Evenly spaced from the first to the last of the ascending values; empty where there are none. */
function linearCentroids(values: Float64Array, count: number): Float64Array {
  const [least, greatest] = [values[0], values.at(-1)];
  if (least === undefined || greatest === undefined) return new Float64Array();
  return Float64Array.from(
    { length: count },
    (_, index) => least + ((greatest - least) * index) / (count - 1),
  );
}

/**
 * Lloyd's algorithm in one dimension: each centroid becomes the mean of the values nearest to it. A centroid without
 * values stays where it is. A value midway between two belongs to the lower one.
 * @param values ascending
 * @param start ascending
 */
function clusterCentroids(values: Float64Array, start: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [place, value] of values.entries()) sums[place + 1] = (sums[place] ?? 0) + value;
  let centroids = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const ends = clusterEnds(values, centroids);
    const next = centroids.map((centroid, index) => {
      const [from, to] = [ends[index - 1] ?? 0, ends[index] ?? 0];
      return to > from ? ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from) : centroid;
    });
    if (next.every((centroid, index) => centroid === centroids[index])) return next;
    centroids = next;
  }
  return centroids;
}

/** Number of values up to the end of each centroid's cluster. */
function clusterEnds(values: Float64Array, centroids: Float64Array): number[] {
  const ends = [...midpoints(centroids)].map((border) => bisectRight(values, border));
  return [...ends, values.length];
}

function usedCentroids(values: Float64Array, centroids: Float64Array): Float64Array {
  const ends = clusterEnds(values, centroids);
  return centroids.filter((_, index) => (ends[index] ?? 0) > (ends[index - 1] ?? 0));
}

function midpoints(centroids: Float64Array): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, centroids.length - 1) },
    (_, index) => ((centroids[index] ?? 0) + (centroids[index + 1] ?? 0)) / 2,
  );
}
