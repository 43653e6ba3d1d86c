import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { randomStream, type RandomStream } from '../../../src-shared/random.ts';
import { columnMeans, type Matrix } from './matrix.ts';

const ITERATIONS = 100;

export interface Clustering {
  /** Cluster of each row. */
  readonly clusters: Int32Array;
  /** Sum of squared distances to the clusters' centres. */
  readonly inertia: number;
}

/**
 * Lloyd's k-means from k-means++ starts (Arthur and Vassilvitskii 2007); the restart of the least inertia. All restarts
 * advance together, so that a step is one matrix product. A cluster that loses all its rows keeps its centre.
 *
 * @param pause awaited after each step
 */
export async function kMeans(
  matrix: Matrix,
  clusters: number,
  restarts: number,
  pause: () => Promise<void>,
): Promise<Clustering> {
  const { rows, columns } = matrix;
  const means = columnMeans(matrix);
  // distances do not change, and less cancels in |x|^2 + |c|^2 - 2xc
  const values = matrix.values.map((value, index) => value - (means[index % columns] as number));
  const x = tf.tensor2d(values, [rows, columns]);
  const squares = tf.tidy(() => tf.sum<Tensor1D>(tf.square(x), 1));
  try {
    let centres = startingCentres(values, columns, x, squares, clusters, restarts);
    let assigned: Int32Array = new Int32Array(0);
    for (let step = 0; step < ITERATIONS; step++) {
      const nearest = nearestCentres(x, centres, clusters);
      const settled = sameNumbers(nearest, assigned);
      assigned = nearest;
      if (settled) break;
      centres = meansOfClusters(x, assigned, centres, clusters, restarts);
      await pause();
    }
    const inertias = inertiasOf(values, columns, assigned, centres, clusters, restarts);
    const best = inertias.indexOf(Math.min(...inertias));
    return {
      clusters: Int32Array.from({ length: rows }, (_, row) => assigned[row * restarts + best] as number),
      inertia: inertias[best] as number,
    };
  } finally {
    x.dispose();
    squares.dispose();
  }
}

/** [restarts x clusters, columns]: each further centre is a row, by a chance that grows with its squared distance. */
function startingCentres(
  values: Float32Array,
  columns: number,
  x: Tensor2D,
  squares: Tensor1D,
  clusters: number,
  restarts: number,
): Float32Array {
  const rows = values.length / columns;
  const streams = Array.from({ length: restarts }, (_, restart) => randomStream(0, 'k-means', restart));
  const distances = Array.from({ length: restarts }, () => new Float64Array(rows).fill(1));
  const centres = new Float32Array(restarts * clusters * columns);
  for (let cluster = 0; cluster < clusters; cluster++) {
    const newest = new Float32Array(restarts * columns);
    streams.forEach((stream, restart) => {
      const row = drawRow(stream, distances[restart] as Float64Array);
      const centre = values.subarray(row * columns, (row + 1) * columns);
      newest.set(centre, restart * columns);
      centres.set(centre, (restart * clusters + cluster) * columns);
    });
    const found = tf.tidy(() => {
      const chosen = tf.tensor2d(newest, [restarts, columns]);
      const products = tf.mul(tf.matMul(x, chosen, false, true), 2);
      const norms = tf.expandDims(tf.sum(tf.square(chosen), 1), 0);
      return tf.relu(tf.sub(tf.add(tf.expandDims(squares, 1), norms), products)).dataSync();
    });
    distances.forEach((ofRestart, restart) => {
      for (let row = 0; row < rows; row++) {
        const distance = found[row * restarts + restart] as number;
        if (cluster === 0 || distance < (ofRestart[row] as number)) ofRestart[row] = distance;
      }
    });
  }
  return centres;
}

function drawRow(stream: RandomStream, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return stream.integer(weights.length);
  let left = stream.uniform() * total;
  for (let row = 0; row < weights.length; row++) {
    left -= weights[row] as number;
    if (left < 0) return row;
  }
  return weights.length - 1;
}

/** [rows, restarts] */
function nearestCentres(x: Tensor2D, centres: Float32Array, clusters: number): Int32Array {
  return tf.tidy(() => {
    const [rows, columns] = x.shape;
    const places = centres.length / columns;
    const c = tf.tensor2d(centres, [places, columns]);
    const halfNorms = tf.expandDims(tf.mul(tf.sum(tf.square(c), 1), 0.5), 0);
    const nearness = tf.sub(tf.matMul(x, c, false, true), halfNorms);
    const grouped = tf.reshape(nearness, [rows, places / clusters, clusters]);
    return tf.argMax(grouped, 2).dataSync<'int32'>();
  });
}

function meansOfClusters(
  x: Tensor2D,
  assigned: Int32Array,
  former: Float32Array,
  clusters: number,
  restarts: number,
): Float32Array {
  const [rows, columns] = x.shape;
  const places = restarts * clusters;
  const counts = new Uint32Array(places);
  const members = new Float32Array(rows * places);
  for (let i = 0; i < assigned.length; i++) {
    const place = (i % restarts) * clusters + (assigned[i] as number);
    counts[place] = (counts[place] as number) + 1;
    members[Math.floor(i / restarts) * places + place] = 1;
  }
  const sums = tf.tidy(() => tf.matMul(tf.tensor2d(members, [rows, places]), x, true).dataSync());
  return Float32Array.from(sums, (sum, index) => {
    const count = counts[Math.floor(index / columns)] as number;
    return count > 0 ? sum / count : (former[index] as number);
  });
}

function inertiasOf(
  values: Float32Array,
  columns: number,
  assigned: Int32Array,
  centres: Float32Array,
  clusters: number,
  restarts: number,
): number[] {
  const rows = values.length / columns;
  return Array.from({ length: restarts }, (_, restart) => {
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const centre = (restart * clusters + (assigned[row * restarts + restart] as number)) * columns;
      for (let column = 0; column < columns; column++)
        total += ((values[row * columns + column] as number) - (centres[centre + column] as number)) ** 2;
    }
    return total;
  });
}

function sameNumbers(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
