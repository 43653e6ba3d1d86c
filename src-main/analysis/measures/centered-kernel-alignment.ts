import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';

/** Columns that are multiplied with all that come after them at a time: a product of a few takes nearly as long. */
const GROUP_COLUMNS = 512;

/** Centred features, with what the unbiased estimator needs of each row. */
interface Kernel {
  /** Scaled to a mean squared norm of one, so that squares of products stay in the range of 32 bits. */
  readonly matrix: Matrix;
  /** The mean squared norm before that, by which XX' was divided. */
  readonly scale: number;
  /** Squared norm of each row: the diagonal of XX'. */
  readonly diagonal: Float64Array;
  readonly trace: number;
}

/** Features whose similarity to others is asked for. */
export interface KernelFeatures extends Kernel {
  /** HSIC of the features with themselves; not positive for features that are constant. */
  readonly own: number;
}

/** Centres features and works out what belongs to them alone. At least four rows. */
export function kernelFeatures(features: Matrix): KernelFeatures {
  const kernel = kernelOf(features);
  return { ...kernel, own: independence(kernel, kernel, squaredProduct(kernel, kernel)) };
}

/**
 * Unbiased linear CKA of two sets of features, on the same rows (Kornblith et al., arXiv 1905.00414, with the estimator of
 * Song et al. that Nguyen et al., arXiv 2010.15327, use): around 0 for independent features of any width, 1 for features
 * that are turned or scaled. Null where one of the two is constant.
 */
export function alignment(one: KernelFeatures, other: KernelFeatures): number | null {
  return quotient(independence(one, other, squaredProduct(one, other)), one.own, other.own);
}

/**
 * The alignment of each set of features with each, as a symmetric matrix. Each product is made once, and features that are
 * others side by side need none: their kernel is the sum of those of their parts, in which HSIC is linear.
 *
 * @param parts for each set of features the places of those of which it consists, or its own
 * @param step awaited after each product, told the share that is done
 */
export async function alignmentsOfAll(
  features: readonly Matrix[],
  parts: readonly (readonly number[])[],
  step: (share: number) => Promise<void>,
): Promise<(number | null)[][]> {
  const places = [...new Set(parts.flat())];
  const kernels = places.map((place) => kernelOf(features[place] as Matrix));
  const found = await independences(kernels, step);
  const at = new Map(places.map((place, index) => [place, index]));
  const rows = parts.map((own) => own.map((place) => at.get(place) as number));
  const between = (one: readonly number[], other: readonly number[]): number =>
    one.reduce((sum, i) => other.reduce((total, j) => total + (found[i]?.[j] ?? NaN), sum), 0);
  const own = rows.map((row) => between(row, row));
  return rows.map((one, i) =>
    rows.map((other, j) => quotient(between(one, other), own[i] as number, own[j] as number)),
  );
}

function quotient(both: number, one: number, other: number): number | null {
  return one > 0 && other > 0 ? both / Math.sqrt(one * other) : null;
}

function kernelOf(features: Matrix): Kernel {
  const { rows, columns, values } = centre(features);
  let squares = 0;
  for (const value of values) squares += value * value;
  const scale = squares / rows;
  const factor = scale > 0 ? 1 / Math.sqrt(scale) : 1;
  const diagonal = new Float64Array(rows);
  let trace = 0;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      values[at] = (values[at] as number) * factor;
      sum += (values[at] as number) ** 2;
    }
    diagonal[row] = sum;
    trace += sum;
  }
  return { matrix: { rows, columns, values }, scale, diagonal, trace };
}

/**
 * HSIC1 = [tr(KL) + sum K sum L / ((n - 1)(n - 2)) - 2 / (n - 2) 1'KL1] / (n (n - 3)) with zeroed diagonals does not
 * change when the features are centred. Then the rows of XX' sum to zero, and with k, l the former diagonals it is
 * tr(KL) = |X'Y|^2 - k'l, sum K = -sum k, 1'KL1 = k'l: no matrix of n x n is needed.
 *
 * @param product |X'Y|^2 of the scaled features
 */
function independence(one: Kernel, other: Kernel, product: number): number {
  const rows = one.diagonal.length;
  let diagonals = 0;
  for (let row = 0; row < rows; row++)
    diagonals += (one.diagonal[row] as number) * (other.diagonal[row] as number);
  const sums = (one.trace * other.trace) / ((rows - 1) * (rows - 2));
  const scaled = (product - diagonals + sums - (2 / (rows - 2)) * diagonals) / (rows * (rows - 3));
  return scaled * one.scale * other.scale;
}

/** HSIC1 of each with each, as a symmetric matrix. */
async function independences(
  kernels: readonly Kernel[],
  step: (share: number) => Promise<void>,
): Promise<number[][]> {
  const found = kernels.map(() => new Array<number>(kernels.length).fill(NaN));
  const tensors = kernels.map(({ matrix }) => tensorOf(matrix));
  try {
    for (let start = 0; start < kernels.length;) {
      const end = endOfGroup(kernels, start);
      for (const [i, products] of squaredProducts(tensors.slice(start, end), tensors.slice(start)).entries())
        for (const [j, product] of products.entries()) {
          const [one, other] = [start + i, start + j];
          const value = independence(kernels[one] as Kernel, kernels[other] as Kernel, product);
          (found[one] as number[])[other] = value;
          (found[other] as number[])[one] = value;
        }
      start = end;
      await step(start / kernels.length);
    }
  } finally {
    tf.dispose(tensors);
  }
  return found;
}

/** Behind the last of those that are multiplied together. */
function endOfGroup(kernels: readonly Kernel[], start: number): number {
  let end = start;
  for (let columns = 0; end < kernels.length && columns < GROUP_COLUMNS; end++)
    columns += (kernels[end] as Kernel).matrix.columns;
  return end;
}

function squaredProduct(one: Kernel, other: Kernel): number {
  const tensors = [tensorOf(one.matrix), tensorOf(other.matrix)] as const;
  try {
    const [[product = NaN] = []] = squaredProducts([tensors[0]], [tensors[1]]);
    return product;
  } finally {
    tf.dispose([...tensors]);
  }
}

function tensorOf({ rows, columns, values }: Matrix): Tensor2D {
  return tf.tensor2d(values, [rows, columns]);
}

/** |X'Y|^2 of each X with each Y: one product for all of them side by side. */
function squaredProducts(ones: readonly Tensor2D[], others: readonly Tensor2D[]): number[][] {
  const sums = computedValues(() => {
    const products = tf.matMul(tf.concat([...ones], 1), tf.concat([...others], 1), true);
    return tf.matMul(tf.square(products), memberships(others));
  });
  let at = 0;
  return ones.map(({ shape }) => {
    const totals = others.map(() => 0);
    for (let column = 0; column < shape[1]; column++)
      for (let j = 0; j < totals.length; j++) totals[j] = (totals[j] as number) + (sums[at++] as number);
    return totals;
  });
}

/** [columns of all, sets]: 1 where a column belongs to a set, else 0. */
function memberships(sets: readonly Tensor2D[]): Tensor2D {
  const rows = sets.flatMap(({ shape }, set) => new Array<number>(shape[1]).fill(set));
  const values = new Float32Array(rows.length * sets.length);
  for (const [row, set] of rows.entries()) values[row * sets.length + set] = 1;
  return tf.tensor2d(values, [rows.length, sets.length]);
}
