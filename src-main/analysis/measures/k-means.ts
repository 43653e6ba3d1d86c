import { randomStream, type RandomStream } from '../../../src-shared/random.ts';
import type { RowSpace } from './row-space.ts';

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
  space: RowSpace,
  clusters: number,
  restarts: number,
  pause: () => Promise<void>,
): Promise<Clustering[]> {
  const partitions = startingCentres(space, clusters, restarts).map((start) => new Partition(space, start));
  await advance(space, partitions, NEARLY * space.rows, pause);
  const inertias = partitions.map((partition) => sum(partition.distances()));
  const tightest = Math.min(...inertias);
  const promising = partitions.filter((_, place) => (inertias[place] as number) <= (1 + MARGIN) * tightest);
  await advance(space, promising, 0, pause);
  return partitions
    .map((partition) => {
      const distances = partition.distances();
      return { clusters: partition.assigned, distances, inertia: sum(distances) };
    })
    .sort((one, other) => one.inertia - other.inertia);
}

/** Each until at most so many of its rows move; all that go on advance together, so that a step is one matrix product. */
async function advance(
  space: RowSpace,
  partitions: readonly Partition[],
  most: number,
  pause: () => Promise<void>,
): Promise<void> {
  let live = partitions;
  for (let step = 0; step < ITERATIONS && live.length > 0; step++) {
    const advanced = live;
    const nearness = space.nearness(oneBehindTheOther(advanced.map(({ centres }) => centres)));
    live = advanced.filter((partition, place) => partition.assign(nearness, place, advanced.length) > most);
    await pause();
  }
}

function oneBehindTheOther(points: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(points.reduce((length, each) => length + each.length, 0));
  let end = 0;
  for (const each of points) {
    all.set(each, end);
    end += each.length;
  }
  return all;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Rows in clusters with the clusters' means; only rows that move from cluster to cluster change the sums. */
class Partition {
  readonly #space: RowSpace;
  readonly #counts: Uint32Array;
  /** [clusters, width] */
  readonly #sums: Float64Array;
  /** Of each row its nearness to the centre that it was last found nearest to. */
  readonly #nearest: Float32Array;
  /** Cluster of each row; -1 before the first step. */
  readonly assigned: Int32Array;
  /** [clusters, width] */
  readonly centres: Float64Array;

  constructor(space: RowSpace, centres: Float64Array) {
    this.#space = space;
    this.#counts = new Uint32Array(centres.length / space.width);
    this.#sums = new Float64Array(centres.length);
    this.#nearest = new Float32Array(space.rows);
    this.assigned = new Int32Array(space.rows).fill(-1);
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

  /** Squared distance of each row to the centre of its cluster. */
  distances(): Float64Array {
    return this.#space.norms.map((norm, row) => squaredDistance(norm, this.#nearest[row] as number));
  }

  #add(row: number, cluster: number, sign: 1 | -1): void {
    const { width } = this.#space;
    this.#counts[cluster] = (this.#counts[cluster] as number) + sign;
    this.#space.add(this.#sums.subarray(cluster * width, (cluster + 1) * width), row, sign);
  }

  #moveCentres(): void {
    const { width } = this.#space;
    for (const [cluster, count] of this.#counts.entries()) {
      if (count === 0) continue;
      for (let at = cluster * width; at < (cluster + 1) * width; at++)
        this.centres[at] = (this.#sums[at] as number) / count;
    }
  }
}

/**
 * Of each restart its centres, [clusters, width]; each further one is a row, by a chance that grows with its squared distance
 * to the nearest of those before it.
 */
function startingCentres(space: RowSpace, clusters: number, restarts: number): Float64Array[] {
  const { rows, width, norms } = space;
  const starts = Array.from({ length: restarts }, (_, restart) => ({
    stream: randomStream(0, 'k-means', restart),
    distances: new Float64Array(rows).fill(1),
    centres: new Float64Array(clusters * width),
  }));
  for (let cluster = 0; cluster < clusters; cluster++) {
    const newest = starts.map(({ stream, distances, centres }) => {
      const centre = centres.subarray(cluster * width, (cluster + 1) * width);
      space.add(centre, drawRow(stream, distances), 1);
      return centre;
    });
    const nearness = space.nearness(oneBehindTheOther(newest));
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

function squaredDistance(norm: number, nearness: number): number {
  return Math.max(0, norm - 2 * nearness);
}
