import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';
import { columnTiles, type MatrixSource } from './matrix-source.ts';

/**
 * Rows as points, about their mean, of which only distances matter: all that k-means and silhouettes need. Its points are
 * combinations of the rows. Whoever makes one disposes of it.
 */
export interface RowSpace {
  readonly rows: number;
  /** Numbers that make a point. */
  readonly width: number;
  /** |x|^2 of each row. */
  readonly norms: Float64Array;
  /** Adds so many times a row to a point. */
  add(point: Float64Array, row: number, times: number): void;
  /** x c' - |c|^2 / 2 of each row x and each point c: the larger, the nearer; [rows, points]. @param points one behind the other */
  nearness(points: Float64Array): Float32Array;
  /** x y' of the rows from `start` up to `end` with themselves and those behind, [end - start, rows - start]. Call it inside a tidy. */
  products(start: number, end: number): Tensor2D;
  dispose(): void;
}

/**
 * With no more columns than rows, the rows are points of their columns. With more, what is kept is the products of the rows
 * (their Gram matrix), which is smaller and the same to all distances but for rounding: a point is then how often each row
 * is in it. So nothing is larger than rows x rows, however wide the rows are, and the columns are read once, a part at a time.
 *
 * @param pause awaited after each part
 */
export async function rowSpace(source: MatrixSource, pause: () => Promise<void>): Promise<RowSpace> {
  return source.columns > source.rows
    ? new RowsByProducts(await gram(source, pause))
    : columnSpace(source.read());
}

/** The space of rows with few columns. */
export function columnSpace(matrix: Matrix): RowSpace {
  return new RowsByColumns(matrix);
}

class RowsByColumns implements RowSpace {
  readonly rows: number;
  readonly width: number;
  readonly norms: Float64Array;
  readonly #values: Float32Array;
  /** Each row followed by 1, so that its product with a point followed by -|c|^2 / 2 is the nearness of the two. */
  readonly #extended: Tensor2D;

  constructor(matrix: Matrix) {
    // distances do not change, and less cancels in |x|^2 + |c|^2 - 2xc
    const { rows, columns, values } = centre(matrix);
    [this.rows, this.width, this.#values] = [rows, columns, values];
    this.norms = Float64Array.from({ length: rows }, (_, row) =>
      values.subarray(row * columns, (row + 1) * columns).reduce((total, value) => total + value * value, 0),
    );
    this.#extended = tf.tidy(() => tf.concat([tf.tensor2d(values, [rows, columns]), tf.ones([rows, 1])], 1));
  }

  add(point: Float64Array, row: number, times: number): void {
    const [from, width, values] = [row * this.width, this.width, this.#values];
    for (let column = 0; column < width; column++)
      point[column] = (point[column] as number) + times * (values[from + column] as number);
  }

  nearness(points: Float64Array): Float32Array {
    const { width } = this;
    const count = points.length / width;
    const extended = new Float32Array(count * (width + 1));
    for (let place = 0; place < count; place++) {
      const point = points.subarray(place * width, (place + 1) * width);
      extended.set(point, place * (width + 1));
      extended[place * (width + 1) + width] = -squared(point) / 2;
    }
    return computedValues(() =>
      tf.matMul(this.#extended, tf.tensor2d(extended, [count, width + 1]), false, true),
    );
  }

  products(start: number, end: number): Tensor2D {
    const count = end - start;
    const [some, behind] = [count, this.rows - start].map((rows) =>
      tf.slice2d(this.#extended, [start, 0], [rows, this.width]),
    ) as [Tensor2D, Tensor2D];
    return tf.matMul(some, behind, false, true);
  }

  dispose(): void {
    this.#extended.dispose();
  }
}

function squared(point: Float64Array): number {
  let sum = 0;
  for (const value of point) sum += value * value;
  return sum;
}

class RowsByProducts implements RowSpace {
  readonly rows: number;
  readonly width: number;
  readonly norms: Float64Array;
  readonly #gram: Tensor2D;

  /** @param gram [rows, rows]; belongs to the space from now on */
  constructor(gram: Tensor2D) {
    this.#gram = gram;
    this.rows = this.width = gram.shape[0];
    this.norms = Float64Array.from(computedValues(() => diagonalOf(gram)));
  }

  add(point: Float64Array, row: number, times: number): void {
    point[row] = (point[row] as number) + times;
  }

  nearness(points: Float64Array): Float32Array {
    const { rows } = this;
    const count = points.length / rows;
    const products = computedValues(() =>
      tf.matMul(this.#gram, tf.tensor2d(Float32Array.from(points), [count, rows]), false, true),
    );
    for (let place = 0; place < count; place++) {
      // |c|^2 is the sum of the rows' products with c, each as often as it is in c
      let norm = 0;
      for (let row = 0; row < rows; row++)
        norm += (points[place * rows + row] as number) * (products[row * count + place] as number);
      for (let row = 0; row < rows; row++)
        products[row * count + place] = (products[row * count + place] as number) - norm / 2;
    }
    return products;
  }

  products(start: number, end: number): Tensor2D {
    return tf.slice2d(this.#gram, [start, start], [end - start, this.rows - start]);
  }

  dispose(): void {
    this.#gram.dispose();
  }
}

function diagonalOf(matrix: Tensor2D): tf.Tensor1D {
  return tf.sum(tf.mul(matrix, tf.eye(matrix.shape[0])), 1);
}

/** Products of each row with each, about their mean. */
async function gram(source: MatrixSource, pause: () => Promise<void>): Promise<Tensor2D> {
  let sum: Tensor2D = tf.zeros([source.rows, source.rows]);
  try {
    for (const { tile } of columnTiles(source)) {
      const former = sum;
      const { rows, columns, values } = centre(tile);
      sum = tf.tidy(() => {
        const x = tf.tensor2d(values, [rows, columns]);
        return tf.add<Tensor2D>(former, tf.matMul(x, x, false, true));
      });
      former.dispose();
      await pause();
    }
    return sum;
  } catch (error) {
    sum.dispose();
    throw error;
  }
}
