import { randomStream, type RandomStream } from '../../../src-shared/random.ts';
import type { Centres, RowSpace } from './row-space.ts';

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
  const starts = startingRows(space, clusters, restarts);
  const centres = space.centres(starts);
  const partitions = starts.map((_, number) => new Partition(space.norms, centres, number));
  await advance(centres, partitions, NEARLY * space.rows, pause);
  const inertias = partitions.map((partition) => sum(partition.distances()));
  const tightest = Math.min(...inertias);
  const promising = partitions.filter((_, place) => (inertias[place] as number) <= (1 + MARGIN) * tightest);
  await advance(centres, promising, 0, pause);
  return partitions
    .map((partition) => {
      const distances = partition.distances();
      return { clusters: partition.assigned, distances, inertia: sum(distances) };
    })
    .sort((one, other) => one.inertia - other.inertia);
}

/** Each until at most so many of its rows move; all that go on advance together, so that a step may be one matrix product. */
async function advance(
  centres: Centres,
  partitions: readonly Partition[],
  most: number,
  pause: () => Promise<void>,
): Promise<void> {
  let live = partitions;
  for (let step = 0; step < ITERATIONS && live.length > 0; step++) {
    const nearness = centres.nearness(live.map(({ number }) => number));
    live = live.filter((partition, place) => partition.assign(nearness[place] as Nearness) > most);
    await pause();
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

type Nearness = ReturnType<Centres['nearness']>[number];

/** One partition of the rows: which cluster each is in. */
class Partition {
  readonly number: number;
  /** Cluster of each row; -1 before the first step. */
  readonly assigned: Int32Array;
  readonly #norms: Float64Array;
  readonly #centres: Centres;
  /** Of each row its nearness to the centre that it was last found nearest to. */
  readonly #nearest: Float64Array;

  constructor(norms: Float64Array, centres: Centres, number: number) {
    [this.#norms, this.#centres, this.number] = [norms, centres, number];
    this.#nearest = new Float64Array(norms.length);
    this.assigned = new Int32Array(norms.length).fill(-1);
  }

  /**
   * Moves each row to the nearest centre, and each centre to the mean of its rows.
   * @param nearness of each row to each centre, [clusters, rows]
   * @returns how many rows have moved
   */
  assign(nearness: Nearness): number {
    const { assigned, number } = this;
    const best = nearestCentres(nearness, this.#nearest);
    let moved = 0;
    for (let row = 0; row < assigned.length; row++) {
      const [from, to] = [assigned[row] as number, best[row] as number];
      if (to === from) continue;
      moved++;
      this.#centres.move(number, row, from, to);
      assigned[row] = to;
    }
    if (moved > 0) this.#centres.settle(number);
    return moved;
  }

  /** Squared distance of each row to the centre of its cluster. */
  distances(): Float64Array {
    return this.#norms.map((norm, row) => squaredDistance(norm, this.#nearest[row] as number));
  }
}

/**
 * Of each row the nearest centre; of equally near ones the first.
 * @param nearest becomes the nearness to it
 */
function nearestCentres(nearness: Nearness, nearest: Float64Array): Int32Array {
  const rows = nearest.length;
  const best = new Int32Array(rows);
  nearest.set(nearness.subarray(0, rows));
  for (let cluster = 1; cluster * rows < nearness.length; cluster++)
    for (let row = 0; row < rows; row++) {
      const near = nearness[cluster * rows + row] as number;
      if (near <= (nearest[row] as number)) continue;
      nearest[row] = near;
      best[row] = cluster;
    }
  return best;
}

/**
 * Of each restart the rows where its centres are at first: each further one by a chance that grows with its squared distance
 * to the nearest of those before it.
 */
function startingRows(space: RowSpace, clusters: number, restarts: number): number[][] {
  const { rows, norms } = space;
  const starts = Array.from({ length: restarts }, (_, restart) => ({
    stream: randomStream(0, 'k-means', restart),
    distances: new Float64Array(rows).fill(1),
    drawn: [] as number[],
  }));
  for (let cluster = 0; cluster < clusters; cluster++) {
    const newest = starts.map(({ stream, distances }) => drawRow(stream, distances));
    const nearness = space.nearnessToRows(newest);
    for (const [restart, { distances, drawn }] of starts.entries()) {
      drawn.push(newest[restart] as number);
      for (let row = 0; row < rows; row++) {
        const distance = squaredDistance(norms[row] as number, nearness[restart * rows + row] as number);
        if (cluster === 0 || distance < (distances[row] as number)) distances[row] = distance;
      }
    }
  }
  return starts.map(({ drawn }) => drawn);
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
