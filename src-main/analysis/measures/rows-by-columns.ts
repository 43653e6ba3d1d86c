import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';
import { addRow, type Centres, type RowSpace } from './row-space.ts';

/** Rows as points of their columns. */
export class RowsByColumns implements RowSpace {
  readonly rows: number;
  readonly norms: Float64Array;
  readonly #width: number;
  readonly #values: Float32Array;
  /** Each row followed by 1, so that its product with a point followed by -|c|^2 / 2 is the nearness of the two. */
  readonly #extended: Tensor2D;

  constructor(matrix: Matrix) {
    // distances do not change, and less cancels in |x|^2 + |c|^2 - 2xc
    const { rows, columns, values } = centre(matrix);
    [this.rows, this.#width, this.#values] = [rows, columns, values];
    this.norms = Float64Array.from({ length: rows }, (_, row) => squared(this.#row(row)));
    this.#extended = tf.tidy(() => tf.concat([tf.tensor2d(values, [rows, columns]), tf.ones([rows, 1])], 1));
  }

  nearnessToRows(these: readonly number[]): Float32Array {
    return this.#nearness(these.map((row) => this.#row(row)));
  }

  centres(starts: readonly (readonly number[])[]): Centres {
    const partitions = starts.map((rows) => new Means(rows.map((row) => this.#row(row))));
    const means = (partition: number): Means => partitions[partition] as Means;
    return {
      nearness: (asked) => {
        const all = this.#nearness(asked.flatMap((partition) => means(partition).centres));
        const length = all.length / asked.length;
        return asked.map((_, place) => all.subarray(place * length, (place + 1) * length));
      },
      move: (partition, row, from, to) => means(partition).move(this.#row(row), from, to),
      settle: (partition) => means(partition).settle(),
    };
  }

  products(start: number, end: number): Tensor2D {
    const count = end - start;
    const [some, behind] = [count, this.rows - start].map((rows) =>
      tf.slice2d(this.#extended, [start, 0], [rows, this.#width]),
    ) as [Tensor2D, Tensor2D];
    return tf.matMul(some, behind, false, true);
  }

  dispose(): void {
    this.#extended.dispose();
  }

  #row(row: number): Float32Array {
    return this.#values.subarray(row * this.#width, (row + 1) * this.#width);
  }

  #nearness(points: readonly (Float32Array | Float64Array)[]): Float32Array {
    const width = this.#width + 1;
    const extended = new Float32Array(points.length * width);
    for (const [place, point] of points.entries()) {
      extended.set(point, place * width);
      extended[place * width + this.#width] = -squared(point) / 2;
    }
    return computedValues(() =>
      tf.matMul(tf.tensor2d(extended, [points.length, width]), this.#extended, false, true),
    );
  }
}

/** The clusters of one partition: only rows that move from cluster to cluster change their sums. */
class Means {
  readonly centres: readonly Float64Array[];
  readonly #counts: Uint32Array;
  readonly #sums: readonly Float64Array[];

  constructor(starts: readonly Float32Array[]) {
    this.centres = starts.map((start) => Float64Array.from(start));
    this.#counts = new Uint32Array(starts.length);
    this.#sums = starts.map((start) => new Float64Array(start.length));
  }

  move(values: Float32Array, from: number, to: number): void {
    if (from >= 0) this.#add(values, from, -1);
    this.#add(values, to, 1);
  }

  #add(values: Float32Array, cluster: number, sign: 1 | -1): void {
    this.#counts[cluster] = (this.#counts[cluster] as number) + sign;
    addRow(this.#sums[cluster] as Float64Array, values, sign);
  }

  settle(): void {
    for (const [cluster, centre] of this.centres.entries()) {
      const [count, sum] = [this.#counts[cluster] as number, this.#sums[cluster] as Float64Array];
      if (count === 0) continue;
      for (let column = 0; column < sum.length; column++) centre[column] = (sum[column] as number) / count;
    }
  }
}

function squared(point: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of point) sum += value * value;
  return sum;
}
