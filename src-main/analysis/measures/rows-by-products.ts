import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';
import { columnTiles, type MatrixSource } from './matrix-source.ts';
import { addRow, type Centres, type RowSpace } from './row-space.ts';

/** Rows whose products with as many others are computed at once. */
const BLOCK = 512;

/** Rows of which the products with each other are known. */
export class RowsByProducts implements RowSpace {
  readonly rows: number;
  readonly norms: Float64Array;
  /** [rows, rows] */
  readonly #products: Float32Array;

  constructor(rows: number, products: Float32Array) {
    [this.rows, this.#products] = [rows, products];
    this.norms = Float64Array.from({ length: rows }, (_, row) => products[row * (rows + 1)] as number);
  }

  nearnessToRows(these: readonly number[]): Float32Array {
    const { rows } = this;
    const nearness = new Float32Array(these.length * rows);
    for (const [place, row] of these.entries()) {
      const half = (this.norms[row] as number) / 2;
      nearness.set(
        this.#row(row).map((product) => product - half),
        place * rows,
      );
    }
    return nearness;
  }

  centres(starts: readonly (readonly number[])[]): Centres {
    const partitions = starts.map((rows) => new Sums(rows.map((row) => this.nearnessToRows([row]))));
    const sums = (partition: number): Sums => partitions[partition] as Sums;
    return {
      nearness: (asked) => asked.map((partition) => sums(partition).nearness),
      move: (partition, row, from, to) => sums(partition).move(this.#row(row), row, from, to),
      settle: (partition) => sums(partition).settle(),
    };
  }

  products(start: number, end: number): Tensor2D {
    const { rows } = this;
    const whole = tf.tensor2d(this.#products.subarray(start * rows, end * rows), [end - start, rows]);
    return tf.slice2d(whole, [0, start], [end - start, rows - start]);
  }

  dispose(): void {
    // what it has is not the engine's
  }

  #row(row: number): Float32Array {
    return this.#products.subarray(row * this.rows, (row + 1) * this.rows);
  }
}

/** The sum of a cluster's rows: its products with all rows, and with itself. */
interface Sum {
  readonly products: Float64Array;
  norm: number;
  count: number;
}

/** The clusters of one partition: of each the products of its sum with all rows, which change where rows come and go. */
class Sums {
  /** [clusters, rows] */
  readonly nearness: Float64Array;
  readonly #rows: number;
  readonly #clusters: readonly Sum[];

  /** @param starts nearness of all rows to each of the centres at first */
  constructor(starts: readonly Float32Array[]) {
    this.#rows = starts[0]?.length ?? 0;
    this.nearness = new Float64Array(starts.length * this.#rows);
    for (const [cluster, start] of starts.entries()) this.nearness.set(start, cluster * this.#rows);
    this.#clusters = starts.map(() => ({ products: new Float64Array(this.#rows), count: 0, norm: 0 }));
  }

  /** @param products of the row with all rows */
  move(products: Float32Array, row: number, from: number, to: number): void {
    if (from >= 0) this.#add(products, row, from, -1);
    this.#add(products, row, to, 1);
  }

  #add(products: Float32Array, row: number, cluster: number, sign: 1 | -1): void {
    const sum = this.#clusters[cluster] as Sum;
    sum.count += sign;
    // |s + x|^2 of the sum s of the cluster's rows
    sum.norm += 2 * sign * (sum.products[row] as number) + (products[row] as number);
    addRow(sum.products, products, sign);
  }

  settle(): void {
    for (const [cluster, { products, count, norm }] of this.#clusters.entries()) {
      if (count === 0) continue;
      const half = norm / count ** 2 / 2;
      const start = cluster * this.#rows;
      for (let row = 0; row < this.#rows; row++)
        this.nearness[start + row] = (products[row] as number) / count - half;
    }
  }
}

/** Of each row its product with each, about their mean, [rows, rows]. @param pause awaited after each part */
export async function productsOfRows(
  source: MatrixSource,
  pause: () => Promise<void>,
): Promise<Float32Array> {
  const { rows } = source;
  const products = new Float32Array(rows * rows);
  for (const { tile } of columnTiles(source)) {
    const parts = partsOf(centre(tile));
    try {
      for (const [place, { start, part }] of parts.entries()) {
        for (const other of parts.slice(place)) {
          const block = computedValues(() => tf.matMul(part, other.part, false, true));
          add(products, rows, block, { top: start, left: other.start, width: other.part.shape[0] });
        }
        await pause();
      }
    } finally {
      tf.dispose(parts.map(({ part }) => part));
    }
  }
  mirror(products, rows);
  return products;
}

function partsOf({ rows, columns, values }: Matrix): { start: number; part: Tensor2D }[] {
  return Array.from({ length: Math.ceil(rows / BLOCK) }, (_, place) => {
    const [start, end] = [place * BLOCK, Math.min(rows, (place + 1) * BLOCK)];
    return {
      start,
      part: tf.tensor2d(values.subarray(start * columns, end * columns), [end - start, columns]),
    };
  });
}

interface Block {
  readonly top: number;
  readonly left: number;
  readonly width: number;
}

/** Adds a block, [some rows, `width` of those behind them or of their own], from the diagonal on. */
function add(products: Float32Array, rows: number, block: Float32Array, { top, left, width }: Block): void {
  const height = block.length / width;
  for (let place = 0; place < height; place++) {
    const [from, row] = [place * width, top + place];
    const to = row * rows + left;
    for (let column = Math.max(0, row - left); column < width; column++)
      products[to + column] = (products[to + column] as number) + (block[from + column] as number);
  }
}

/** The other side of the diagonal. */
function mirror(products: Float32Array, rows: number): void {
  for (let row = 0; row < rows; row++)
    for (let other = row + 1; other < rows; other++)
      products[other * rows + row] = products[row * rows + other] as number;
}
