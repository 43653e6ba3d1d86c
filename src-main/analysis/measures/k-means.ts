import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { randomStream, type RandomStream } from '../../../src-shared/random.ts';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';

const ITERATIONS = 100;
/** A start is nearly settled when no more than this share of the rows moves in a step. */
const NEARLY = 0.005;
/** Nearly settled starts that are looser than the tightest by more than this share stay as they are. */
const MARGIN = 0.003;

/** Where one start of k-means has come to. */
export interface Clustering {
  /** Cluster of each row. */
  readonly clusters: Int32Array;
  /** Squared distance of each row to its cluster's centre. */
  readonly distances: Float64Array;
  /** Their sum. */
  readonly inertia: number;
}

/**
 * Lloyd's k-means from k-means++ starts (Arthur and Vassilvitskii 2007): what each start comes to, the tightest first. All
 * starts go on until they have nearly settled, and those that can still become the tightest until no row moves. A cluster
 * that loses all its rows keeps its centre.
 *
 * @param pause awaited after each step
 */
export async function kMeans(
  matrix: Matrix,
  clusters: number,
  restarts: number,
  pause: () => Promise<void>,
): Promise<Clustering[]> {
  // distances do not change, and less cancels in |x|^2 + |c|^2 - 2xc
  const centred = centre(matrix);
  const { rows, columns, values } = centred;
  const norms = squaredNorms(centred);
  const x = rowsForProducts(centred);
  try {
    const starts = startingCentres(centred, x, norms, clusters, restarts);
    const partitions = starts.map((start) => new Partition(values, columns, start));
    await advance(x, partitions, NEARLY * rows, pause);
    const inertias = partitions.map((partition) => sum(partition.distances(norms)));
    const tightest = Math.min(...inertias);
    const promising = partitions.filter((_, place) => (inertias[place] as number) <= (1 + MARGIN) * tightest);
    await advance(x, promising, 0, pause);
    return partitions
      .map((partition) => {
        const distances = partition.distances(norms);
        return { clusters: partition.assigned, distances, inertia: sum(distances) };
      })
      .sort((one, other) => one.inertia - other.inertia);
  } finally {
    x.dispose();
  }
}

/** Each until at most so many of its rows move; all that go on advance together, so that a step is one matrix product. */
async function advance(
  x: Tensor2D,
  partitions: readonly Partition[],
  most: number,
  pause: () => Promise<void>,
): Promise<void> {
  let live = partitions;
  for (let step = 0; step < ITERATIONS && live.length > 0; step++) {
    const advanced = live;
    const centres = advanced.map((partition) => partition.centres);
    const nearness = nearnessOf(x, centres);
    live = advanced.filter((partition, place) => partition.assign(nearness, place, advanced.length) > most);
    await pause();
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Rows in clusters with the clusters' means; only rows that move from cluster to cluster change the sums. */
class Partition {
  readonly #values: Float32Array;
  readonly #columns: number;
  readonly #counts: Uint32Array;
  /** [clusters, columns] */
  readonly #sums: Float64Array;
  /** Of each row its nearness to the centre that it was last found nearest to. */
  readonly #nearest: Float32Array;
  /** Cluster of each row; -1 before the first step. */
  readonly assigned: Int32Array;
  /** For products: [clusters, columns + 1] */
  readonly centres: Float32Array;

  constructor(values: Float32Array, columns: number, centres: Float32Array) {
    this.#values = values;
    this.#columns = columns;
    this.#counts = new Uint32Array(centres.length / (columns + 1));
    this.#sums = new Float64Array(this.#counts.length * columns);
    this.#nearest = new Float32Array(values.length / columns);
    this.assigned = new Int32Array(values.length / columns).fill(-1);
    this.centres = centres;
  }

  /**
   * Moves each row to the nearest centre, and each centre to the mean of its rows.
   * @param nearness [rows, partitions, clusters], of which this one is number `place`
   * @returns how many rows have moved
   */
  assign(nearness: Float32Array, place: number, partitions: number): number {
    const { assigned } = this;
    const nearest = this.#nearest;
    const clusters = this.#counts.length;
    let moved = 0;
    for (let row = 0; row < assigned.length; row++) {
      const first = (row * partitions + place) * clusters;
      let best = 0;
      let most = nearness[first] as number;
      for (let cluster = 1; cluster < clusters; cluster++) {
        const near = nearness[first + cluster] as number;
        if (near > most) {
          most = near;
          best = cluster;
        }
      }
      nearest[row] = most;
      const former = assigned[row] as number;
      if (best === former) continue;
      moved++;
      if (former >= 0) this.#add(row, former, -1);
      this.#add(row, best, 1);
      assigned[row] = best;
    }
    if (moved > 0) this.#moveCentres();
    return moved;
  }

  /** Squared distance of each row to the centre of its cluster. @param norms |x|^2 of each row */
  distances(norms: Float64Array): Float64Array {
    return norms.map((norm, row) => squaredDistance(norm, this.#nearest[row] as number));
  }

  #add(row: number, cluster: number, sign: 1 | -1): void {
    const [columns, sums, values] = [this.#columns, this.#sums, this.#values];
    const from = row * columns;
    const to = cluster * columns;
    this.#counts[cluster] = (this.#counts[cluster] as number) + sign;
    for (let column = 0; column < columns; column++)
      sums[to + column] = (sums[to + column] as number) + sign * (values[from + column] as number);
  }

  #moveCentres(): void {
    const columns = this.#columns;
    for (const [cluster, count] of this.#counts.entries()) {
      if (count === 0) continue;
      const mean = this.#sums
        .subarray(cluster * columns, (cluster + 1) * columns)
        .map((each) => each / count);
      writeCentre(this.centres, cluster, mean);
    }
  }
}

/**
 * Of each restart its centres for products, [clusters, columns + 1]; each further one is a row, by a chance that grows with its
 * squared distance to the nearest of those before it.
 */
function startingCentres(
  { rows, columns, values }: Matrix,
  x: Tensor2D,
  norms: Float64Array,
  clusters: number,
  restarts: number,
): Float32Array[] {
  const starts = Array.from({ length: restarts }, (_, restart) => ({
    stream: randomStream(0, 'k-means', restart),
    distances: new Float64Array(rows).fill(1),
    centres: new Float32Array(clusters * (columns + 1)),
  }));
  for (let cluster = 0; cluster < clusters; cluster++) {
    const newest = starts.map(({ stream, distances, centres }) => {
      const row = drawRow(stream, distances);
      writeCentre(centres, cluster, values.subarray(row * columns, (row + 1) * columns));
      return centres.subarray(cluster * (columns + 1), (cluster + 1) * (columns + 1));
    });
    const nearness = nearnessOf(x, newest);
    for (const [restart, { distances }] of starts.entries())
      for (let row = 0; row < rows; row++) {
        const distance = squaredDistance(norms[row] as number, nearness[row * restarts + restart] as number);
        if (cluster === 0 || distance < (distances[row] as number)) distances[row] = distance;
      }
  }
  return starts.map(({ centres }) => centres);
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

function squaredNorms({ rows, columns, values }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    values.subarray(row * columns, (row + 1) * columns).reduce((total, value) => total + value * value, 0),
  );
}

/** Each row followed by 1, so that its product with a centre followed by -|c|^2 / 2 is the nearness of the two. */
function rowsForProducts({ rows, columns, values }: Matrix): Tensor2D {
  const extended = new Float32Array(rows * (columns + 1)).fill(1);
  for (let row = 0; row < rows; row++)
    extended.set(values.subarray(row * columns, (row + 1) * columns), row * (columns + 1));
  return tf.tensor2d(extended, [rows, columns + 1]);
}

/** @param centres for products, [clusters, columns + 1] */
function writeCentre(centres: Float32Array, cluster: number, centre: Float32Array | Float64Array): void {
  const from = cluster * (centre.length + 1);
  let norm = 0;
  for (const value of centre) norm += value * value;
  centres.set(centre, from);
  centres[from + centre.length] = -norm / 2;
}

/**
 * x c' - |c|^2 / 2: the larger, the nearer; [rows, all centres]
 * @param centres for products, several in turn
 */
function nearnessOf(x: Tensor2D, centres: readonly Float32Array[]): Float32Array {
  const columns = x.shape[1];
  const all = new Float32Array(centres.reduce((length, each) => length + each.length, 0));
  let end = 0;
  for (const each of centres) {
    all.set(each, end);
    end += each.length;
  }
  return computedValues(() => tf.matMul(x, tf.tensor2d(all, [all.length / columns, columns]), false, true));
}

function squaredDistance(norm: number, nearness: number): number {
  return Math.max(0, norm - 2 * nearness);
}
