import * as tf from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';

/**
 * Mean silhouette (Rousseeuw 1987): (b - a) / max(a, b) with the mean Euclidean distances to the own cluster (a) and to
 * the nearest other (b); 0 for a row alone in its cluster. Null for fewer than two clusters with rows.
 */
export function silhouette(matrix: Matrix, clusters: ArrayLike<number>, clusterCount: number): number | null {
  const { rows } = matrix;
  const counts = new Uint32Array(clusterCount);
  for (let row = 0; row < rows; row++) {
    const cluster = clusters[row] as number;
    counts[cluster] = (counts[cluster] as number) + 1;
  }
  if (counts.filter((count) => count > 0).length < 2) return null;
  const sums = distanceSums(matrix, clusters, clusterCount);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const own = clusters[row] as number;
    const size = counts[own] as number;
    if (size === 1) continue;
    let nearest = Infinity;
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const count = counts[cluster] as number;
      if (cluster === own || count === 0) continue;
      nearest = Math.min(nearest, (sums[row * clusterCount + cluster] as number) / count);
    }
    const within = (sums[row * clusterCount + own] as number) / (size - 1);
    const larger = Math.max(within, nearest);
    if (larger > 0) total += (nearest - within) / larger;
  }
  return total / rows;
}

/** Sum of the distances of each row to the rows of each cluster, [rows, clusters]. */
function distanceSums(matrix: Matrix, clusters: ArrayLike<number>, clusterCount: number): Float32Array {
  const { rows, columns, values } = centre(matrix);
  const members = new Float32Array(rows * clusterCount);
  for (let row = 0; row < rows; row++) members[row * clusterCount + (clusters[row] as number)] = 1;
  return computedValues(() => {
    const x = tf.tensor2d(values, [rows, columns]);
    const squares = tf.sum(tf.square(x), 1);
    const products = tf.mul(tf.matMul(x, x, false, true), 2);
    const distances = tf.sub(tf.add(tf.expandDims(squares, 0), tf.expandDims(squares, 1)), products);
    // what rounding leaves of a row's distance to itself is taken away again
    const apart = tf.mul(tf.sqrt(tf.relu(distances)), tf.sub(1, tf.eye(rows)));
    return tf.matMul(apart, tf.tensor2d(members, [rows, clusterCount]));
  });
}
