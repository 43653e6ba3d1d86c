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

/** Mean silhouette of a partition; null for fewer than two clusters with rows. @param clusters of each row */
export function silhouette(space: RowSpace, clusters: Int32Array, clusterCount: number): number | null {
  const distances = distancesApart(space);
  try {
    const [found] = rowsOf(distances, [clusters], clusterCount);
    return found ? meanOf(found) : null;
  } finally {
    distances.dispose();
  }
}

/** @param partitions of each the cluster of each row */
export function silhouettes(
  space: RowSpace,
  partitions: readonly Int32Array[],
  clusterCount: number,
): Silhouettes {
  const distances = distancesApart(space);
  try {
    const found = rowsOf(distances, partitions, clusterCount);
    const means = found.map((rows) => rows && meanOf(rows));
    return { means, contributions: contributionsTo(found[0] ?? [], distances, clusterCount) };
  } finally {
    distances.dispose();
  }
}

/** Of each partition its rows. */
function rowsOf(
  distances: Tensor2D,
  partitions: readonly Int32Array[],
  clusterCount: number,
): (RowSilhouette[] | null)[] {
  const members = new ByCluster(distances.shape[0], partitions.length, clusterCount);
  for (const [partition, clusters] of partitions.entries())
    for (const [row, cluster] of clusters.entries()) members.set(row, partition, cluster, 1);
  const sums = members.sumOver(distances);
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
  sumOver(distances: Tensor2D): ByCluster {
    const [rows] = distances.shape;
    const width = this.#partitions * this.#clusters;
    const sums = computedValues(() => tf.matMul(distances, tf.tensor2d(this.#values, [rows, width])));
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

function contributionsTo(
  found: readonly RowSilhouette[],
  distances: Tensor2D,
  clusterCount: number,
): Float64Array {
  const changes = new ByCluster(distances.shape[0], 1, clusterCount);
  // a row that comes in pulls a mean distance to its own one: of each cluster what that takes away
  const held = new Float64Array(clusterCount);
  for (const [row, { own, nearest, a, b, byOwn, byNearest }] of found.entries()) {
    changes.set(row, 0, own, byOwn);
    changes.set(row, 0, nearest, byNearest);
    held[own] = (held[own] as number) + byOwn * a;
    held[nearest] = (held[nearest] as number) + byNearest * b;
  }
  const owed = changes.sumOver(distances);
  return Float64Array.from(
    found,
    ({ value, own, a, byOwn }, row) => value + owed.get(row, 0, own) - (held[own] as number) + byOwn * a,
  );
}

function meanOf(found: readonly RowSilhouette[]): number {
  return found.reduce((sum, { value }) => sum + value, 0) / found.length;
}

/** Distances of each row to each other one, [rows, rows]; the caller disposes of it. */
function distancesApart(space: RowSpace): Tensor2D {
  return tf.tidy(() => {
    const squares = tf.tensor1d(Float32Array.from(space.norms));
    const products = tf.mul(space.products(), 2);
    const distances = tf.sub(tf.add(tf.expandDims(squares, 0), tf.expandDims(squares, 1)), products);
    // what rounding leaves of a row's distance to itself is taken away again
    return tf.mul<Tensor2D>(tf.sqrt(tf.relu(distances)), tf.sub(1, tf.eye(space.rows)));
  });
}
