import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import type { RowSpace } from './row-space.ts';

/** Silhouettes of several partitions of the same rows. */
export interface Silhouettes {
  /**
   * Of each partition the mean over the rows of (b - a) / max(a, b) with the mean Euclidean distances to the own cluster (a)
   * and to the nearest other (b); 0 for a row alone in its cluster (Rousseeuw 1987). Null for fewer than two clusters with
   * rows.
   */
  readonly means: readonly (number | null)[];
  /**
   * What each row contributes to the mean of the first partition: its own silhouette and, to first order, what those of the
   * others owe to it. Where rows count more or less often, the mean of these is that of the silhouettes.
   */
  readonly contributions: Float64Array;
}

/** Numbers of the distances that are computed at once: 16 MiB, of all rows where there are two thousand. */
const BLOCK = 2 ** 22;

/** Numbers of the distances that are kept, of each pair of rows once: 512 MiB, of sixteen thousand rows. */
const KEPT = 2 ** 27;

/**
 * Mean silhouette of a partition; null for fewer than two clusters with rows.
 * @param clusters of each row
 * @param pause awaited after each block of distances
 */
export async function silhouette(
  space: RowSpace,
  clusters: Int32Array,
  clusterCount: number,
  pause: () => Promise<void>,
): Promise<number | null> {
  // they are asked for once
  const distances = new Distances(space, pause, 0);
  try {
    const [found] = await rowsOf(distances, [clusters], clusterCount);
    return found ? meanOf(found) : null;
  } finally {
    distances.dispose();
  }
}

/**
 * @param partitions of each the cluster of each row
 * @param kept numbers of distances that are kept at most
 */
export async function silhouettes(
  space: RowSpace,
  partitions: readonly Int32Array[],
  clusterCount: number,
  pause: () => Promise<void>,
  kept: number = KEPT,
): Promise<Silhouettes> {
  const distances = new Distances(space, pause, kept);
  try {
    const found = await rowsOf(distances, partitions, clusterCount);
    const means = found.map((rows) => rows && meanOf(rows));
    return { means, contributions: await contributionsTo(found[0] ?? [], distances, clusterCount) };
  } finally {
    distances.dispose();
  }
}

/** The distances of all rows from each other, a block of rows at a time, each to itself and those behind it. */
class Distances {
  readonly rows: number;
  readonly #space: RowSpace;
  readonly #pause: () => Promise<void>;
  readonly #size: number;
  /** By their first rows, once they were computed; empty where all of them are too many. */
  readonly #kept = new Map<number, Tensor2D>();
  readonly #isKept: boolean;

  constructor(space: RowSpace, pause: () => Promise<void>, kept: number) {
    [this.#space, this.#pause, this.rows] = [space, pause, space.rows];
    this.#size = Math.max(1, Math.floor(BLOCK / space.rows));
    this.#isKept = space.rows ** 2 / 2 <= kept;
  }

  /** Of each row the sum over all rows of their numbers times their distance to it. @param values [rows, width] */
  async sumOver(values: Float32Array): Promise<Float32Array> {
    const { rows } = this;
    const width = values.length / rows;
    const sums = new Float32Array(values.length);
    const add = (found: Float32Array, from: number): void => {
      for (let at = 0; at < found.length; at++)
        sums[from + at] = (sums[from + at] as number) + (found[at] as number);
    };
    const all = tf.tensor2d(values, [rows, width]);
    try {
      for (let start = 0; start < rows; start += this.#size) {
        const end = Math.min(rows, start + this.#size);
        const block = this.#block(start, end);
        try {
          const behind = rows - start;
          add(
            computedValues(() => tf.matMul(block, tf.slice2d(all, [start, 0], [behind, width]))),
            start * width,
          );
          // those behind the block are as far from it as it is from them
          if (end < rows)
            add(
              computedValues(() =>
                tf.matMul(
                  tf.slice2d(block, [0, end - start], [end - start, rows - end]),
                  tf.slice2d(all, [start, 0], [end - start, width]),
                  true,
                ),
              ),
              end * width,
            );
        } finally {
          if (!this.#isKept) block.dispose();
        }
        await this.#pause();
      }
    } finally {
      all.dispose();
    }
    return sums;
  }

  #block(start: number, end: number): Tensor2D {
    const known = this.#kept.get(start);
    if (known !== undefined) return known;
    const block = tf.tidy(() => distancesFrom(this.#space, start, end));
    if (this.#isKept) this.#kept.set(start, block);
    return block;
  }

  dispose(): void {
    tf.dispose([...this.#kept.values()]);
  }
}

/** Of each partition its rows. */
async function rowsOf(
  distances: Distances,
  partitions: readonly Int32Array[],
  clusterCount: number,
): Promise<(RowSilhouette[] | null)[]> {
  const members = new ByCluster(distances.rows, partitions.length, clusterCount);
  for (const [partition, clusters] of partitions.entries())
    for (const [row, cluster] of clusters.entries()) members.set(row, partition, cluster, 1);
  const sums = await members.sumOver(distances);
  return partitions.map((clusters, partition) =>
    rowSilhouettes(clusters, clusterCount, (row, to) => sums.get(row, partition, to)),
  );
}

/** A number for each row, partition and cluster. */
class ByCluster {
  readonly #values: Float32Array;
  readonly #partitions: number;
  readonly #clusters: number;

  constructor(rows: number, partitions: number, clusters: number, values?: Float32Array) {
    this.#values = values ?? new Float32Array(rows * partitions * clusters);
    this.#partitions = partitions;
    this.#clusters = clusters;
  }

  get(row: number, partition: number, cluster: number): number {
    return this.#values[(row * this.#partitions + partition) * this.#clusters + cluster] as number;
  }

  set(row: number, partition: number, cluster: number, value: number): void {
    this.#values[(row * this.#partitions + partition) * this.#clusters + cluster] = value;
  }

  /** Of each row the sum over all rows of their numbers times their distance to it. */
  async sumOver(distances: Distances): Promise<ByCluster> {
    const sums = await distances.sumOver(this.#values);
    return new ByCluster(distances.rows, this.#partitions, this.#clusters, sums);
  }
}

interface RowSilhouette {
  readonly value: number;
  /** The clusters, and the mean distances to them. */
  readonly own: number;
  readonly nearest: number;
  readonly a: number;
  readonly b: number;
  /** Change of the value with the distance to one row of either cluster. */
  readonly byOwn: number;
  readonly byNearest: number;
}

/** @param sumOf the distances of a row to those of a cluster */
function rowSilhouettes(
  clusters: Int32Array,
  clusterCount: number,
  sumOf: (row: number, cluster: number) => number,
): RowSilhouette[] | null {
  const counts = new Uint32Array(clusterCount);
  for (const cluster of clusters) counts[cluster] = (counts[cluster] as number) + 1;
  if (counts.filter((count) => count > 0).length < 2) return null;
  return Array.from(clusters, (own, row): RowSilhouette => {
    const size = counts[own] as number;
    let nearest = -1;
    let b = Infinity;
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const count = counts[cluster] as number;
      if (cluster === own || count === 0) continue;
      const distance = sumOf(row, cluster) / count;
      if (distance >= b) continue;
      nearest = cluster;
      b = distance;
    }
    const a = size === 1 ? 0 : sumOf(row, own) / (size - 1);
    const larger = size === 1 ? 0 : Math.max(a, b);
    if (!(larger > 0)) return { own, nearest, a, b, value: 0, byOwn: 0, byNearest: 0 };
    const [byA, byB] = a < b ? [-1 / b, a / b ** 2] : [-b / a ** 2, 1 / a];
    const byNearest = byB / (counts[nearest] as number);
    return { own, nearest, a, b, value: (b - a) / larger, byOwn: byA / (size - 1), byNearest };
  });
}

async function contributionsTo(
  found: readonly RowSilhouette[],
  distances: Distances,
  clusterCount: number,
): Promise<Float64Array> {
  const changes = new ByCluster(distances.rows, 1, clusterCount);
  // a row that comes in pulls a mean distance to its own one: of each cluster what that takes away
  const held = new Float64Array(clusterCount);
  for (const [row, { own, nearest, a, b, byOwn, byNearest }] of found.entries()) {
    changes.set(row, 0, own, byOwn);
    changes.set(row, 0, nearest, byNearest);
    held[own] = (held[own] as number) + byOwn * a;
    held[nearest] = (held[nearest] as number) + byNearest * b;
  }
  const owed = await changes.sumOver(distances);
  return Float64Array.from(
    found,
    ({ value, own, a, byOwn }, row) => value + owed.get(row, 0, own) - (held[own] as number) + byOwn * a,
  );
}

function meanOf(found: readonly RowSilhouette[]): number {
  return found.reduce((sum, { value }) => sum + value, 0) / found.length;
}

/** Distances of the rows from `start` up to `end` to themselves and those behind, [end - start, rows - start]. Call it inside a tidy. */
function distancesFrom(space: RowSpace, start: number, end: number): Tensor2D {
  const squares = tf.tensor1d(Float32Array.from(space.norms.subarray(start)));
  const own = tf.expandDims(tf.slice1d(squares, 0, end - start), 1);
  const distances = tf.sub(tf.add(tf.expandDims(squares, 0), own), tf.mul(space.products(start, end), 2));
  // what rounding leaves of a row's distance to itself is taken away again
  const others = tf.oneHot(tf.range(0, end - start, 1, 'int32'), space.rows - start, 0, 1, 'float32');
  return tf.mul<Tensor2D>(tf.sqrt(tf.relu(distances)), others);
}
