import type { Tensor2D } from '@tensorflow/tfjs';

/** Rows as points, about their mean, of which only distances matter: all that k-means and silhouettes need. Whoever makes one disposes of it. */
export interface RowSpace {
  readonly rows: number;
  /** |x|^2 of each row. */
  readonly norms: Float64Array;
  /** x c' - |c|^2 / 2 of each row x and each of these rows c: the larger, the nearer; [these, rows]. */
  nearnessToRows(these: readonly number[]): Float32Array;
  /** The centres of several partitions; of each the rows where its centres are at first. */
  centres(starts: readonly (readonly number[])[]): Centres;
  /** x y' of the rows from `start` up to `end` with themselves and those behind, [end - start, rows - start]. Call it inside a tidy. */
  products(start: number, end: number): Tensor2D;
  dispose(): void;
}

/** The centres of the clusters of several partitions of the same rows: of each cluster the mean of its rows. */
export interface Centres {
  /** Of each of these partitions the nearness of each row to each centre, [clusters, rows]. */
  nearness(partitions: readonly number[]): (Float32Array | Float64Array)[];
  /** Takes a row from a cluster (-1: from none) to another; the centres stay where they are until they are settled. */
  move(partition: number, row: number, from: number, to: number): void;
  /** Moves the centres of a partition to the means of their rows; one without rows stays where it is. */
  settle(partition: number): void;
}

/** Adds the values of a row to a sum of rows, or takes them away. */
export function addRow(sum: Float64Array, values: Float32Array, sign: 1 | -1): void {
  for (let place = 0; place < sum.length; place++)
    sum[place] = (sum[place] as number) + sign * (values[place] as number);
}
