import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { randomStream, type RandomStream } from '../../../src-shared/random.ts';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';

const ITERATIONS = 100;

export interface Clustering {
  /** Cluster of each row. */
  readonly clusters: Int32Array;
  /** Sum of squared distances to the clusters' centres. */
  readonly inertia: number;
}

/**
 * Lloyd's k-means from k-means++ starts (Arthur and Vassilvitskii 2007); the restart of the least inertia. All restarts
 * that have not settled advance together, so that a step is one matrix product. A cluster that loses all its rows keeps
 * its centre.
 *
 * @param pause awaited after each step
 */
export async function kMeans(
  matrix: Matrix,
  clusters: number,
  restarts: number,
  pause: () => Promise<void>,
): Promise<Clustering> {
  // distances do not change, and less cancels in |x|^2 + |c|^2 - 2xc
  const { rows, columns, values } = centre(matrix);
  const x = tf.tensor2d(values, [rows, columns]);
  const squares = tf.tidy(() => tf.sum<Tensor1D>(tf.square(x), 1));
  try {
    const starts = startingCentres(values, columns, x, squares, clusters, restarts);
    const partitions = Array.from({ length: restarts }, (_, restart) => {
      const size = clusters * columns;
      return new Partition(values, columns, starts.slice(restart * size, (restart + 1) * size));
    });
    let live = partitions;
    for (let step = 0; step < ITERATIONS && live.length > 0; step++) {
      const advanced = live;
      const nearness = nearnessOf(x, advanced);
      live = advanced.filter((partition, place) => partition.assign(nearness, place, advanced.length));
      await pause();
    }
    return partitions
      .map((partition) => ({ clusters: partition.assigned, inertia: partition.inertia() }))
      .reduce((best, other) => (other.inertia < best.inertia ? other : best));
  } finally {
    x.dispose();
    squares.dispose();
  }
}

/** Rows in clusters with the clusters' means; only rows that move from cluster to cluster change the sums. */
class Partition {
  readonly #values: Float32Array;
  readonly #columns: number;
  readonly #counts: Uint32Array;
  /** [clusters, columns] */
  readonly #sums: Float64Array;
  /** Cluster of each row; -1 before the first step. */
  readonly assigned: Int32Array;
  /** [clusters, columns] */
  readonly centres: Float32Array;

  constructor(values: Float32Array, columns: number, centres: Float32Array) {
    this.#values = values;
    this.#columns = columns;
    this.#counts = new Uint32Array(centres.length / columns);
    this.#sums = new Float64Array(centres.length);
    this.assigned = new Int32Array(values.length / columns).fill(-1);
    this.centres = centres;
  }

  /**
   * Moves each row to the nearest centre, and each centre to the mean of its rows.
   * @param nearness [rows, partitions, clusters], of which this one is number `place`
   * @returns whether a row has moved
   */
  assign(nearness: Float32Array, place: number, partitions: number): boolean {
    const { assigned } = this;
    const clusters = this.#counts.length;
    let moved = false;
    for (let row = 0; row < assigned.length; row++) {
      const first = (row * partitions + place) * clusters;
      let best = 0;
      for (let cluster = 1; cluster < clusters; cluster++)
        if ((nearness[first + cluster] as number) > (nearness[first + best] as number)) best = cluster;
      const former = assigned[row] as number;
      if (best === former) continue;
      moved = true;
      if (former >= 0) this.#add(row, former, -1);
      this.#add(row, best, 1);
      assigned[row] = best;
    }
    if (moved) this.#moveCentres();
    return moved;
  }

  /** Sum of squared distances of the rows to the means of their clusters: |x|^2 less what the means hold of it. */
  inertia(): number {
    let total = 0;
    for (const value of this.#values) total += value * value;
    for (let i = 0; i < this.#sums.length; i++) {
      const count = this.#counts[Math.floor(i / this.#columns)] as number;
      if (count > 0) total -= (this.#sums[i] as number) ** 2 / count;
    }
    return Math.max(0, total);
  }

  #add(row: number, cluster: number, sign: 1 | -1): void {
    const columns = this.#columns;
    const [from, to] = [row * columns, cluster * columns];
    this.#counts[cluster] = (this.#counts[cluster] as number) + sign;
    for (let column = 0; column < columns; column++)
      this.#sums[to + column] =
        (this.#sums[to + column] as number) + sign * (this.#values[from + column] as number);
  }

  #moveCentres(): void {
    for (let i = 0; i < this.#sums.length; i++) {
      const count = this.#counts[Math.floor(i / this.#columns)] as number;
      if (count > 0) this.centres[i] = (this.#sums[i] as number) / count;
    }
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
    const found = computedValues(() => {
      const chosen = tf.tensor2d(newest, [restarts, columns]);
      const products = tf.mul(tf.matMul(x, chosen, false, true), 2);
      const norms = tf.expandDims(tf.sum(tf.square(chosen), 1), 0);
      return tf.relu(tf.sub(tf.add(tf.expandDims(squares, 1), norms), products));
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

/** x c' - |c|^2 / 2: the larger, the nearer; [rows, partitions, clusters] */
function nearnessOf(x: Tensor2D, partitions: readonly Partition[]): Float32Array {
  return computedValues(() => {
    const centres = partitions.map((partition) =>
      tf.tensor2d(partition.centres, [partition.centres.length / x.shape[1], x.shape[1]]),
    );
    const c = centres.length === 1 ? (centres[0] as Tensor2D) : tf.concat(centres);
    const halfNorms = tf.mul(tf.sum(tf.square(c), 1, true), -0.5);
    return tf.add(tf.matMul(x, c, false, true), tf.transpose(halfNorms));
  });
}
