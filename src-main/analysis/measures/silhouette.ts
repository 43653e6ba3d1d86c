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
  const [found] = await rowsOf({ space, pause }, [clusters], clusterCount);
  return found ? meanOf(found) : null;
}

/** @param partitions of each the cluster of each row */
export async function silhouettes(
  space: RowSpace,
  partitions: readonly Int32Array[],
  clusterCount: number,
  pause: () => Promise<void>,
): Promise<Silhouettes> {
  const distances = { space, pause };
  const found = await rowsOf(distances, partitions, clusterCount);
  const means = found.map((rows) => rows && meanOf(rows));
  return { means, contributions: await contributionsTo(found[0] ?? [], distances, clusterCount) };
}

/** The distances of all rows, which are computed where they are needed: of ten thousand rows they are 400 MB. */
interface Distances {
  readonly space: RowSpace;
  readonly pause: () => Promise<void>;
}

/** Of each partition its rows. */
async function rowsOf(
  distances: Distances,
  partitions: readonly Int32Array[],
  clusterCount: number,
): Promise<(RowSilhouette[] | null)[]> {
  const members = new ByCluster(distances.space.rows, partitions.length, clusterCount);
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
  async sumOver({ space, pause }: Distances): Promise<ByCluster> {
    const { rows } = space;
    const width = this.#partitions * this.#clusters;
    const sums = new Float32Array(rows * width);
    const size = Math.max(1, Math.floor(BLOCK / rows));
    const values = tf.tensor2d(this.#values, [rows, width]);
    try {
      for (let start = 0; start < rows; start += size) {
        const end = Math.min(rows, start + size);
        const found = computedValues(() => tf.matMul(distancesFrom(space, start, end), values));
        sums.set(found, start * width);
        await pause();
      }
    } finally {
      values.dispose();
    }
    return new ByCluster(rows, this.#partitions, this.#clusters, sums);
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
  const changes = new ByCluster(distances.space.rows, 1, clusterCount);
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

/** Distances of the rows from `start` up to `end` to all rows, [end - start, rows]. Call it inside a tidy. */
function distancesFrom(space: RowSpace, start: number, end: number): Tensor2D {
  const squares = tf.tensor1d(Float32Array.from(space.norms));
  const own = tf.expandDims(tf.slice1d(squares, start, end - start), 1);
  const distances = tf.sub(tf.add(tf.expandDims(squares, 0), own), tf.mul(space.products(start, end), 2));
  // what rounding leaves of a row's distance to itself is taken away again
  const others = tf.oneHot(tf.range(start, end, 1, 'int32'), space.rows, 0, 1, 'float32');
  return tf.mul<Tensor2D>(tf.sqrt(tf.relu(distances)), others);
}
