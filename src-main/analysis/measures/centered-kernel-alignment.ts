import * as tf from '@tensorflow/tfjs';
import { computedValues } from '../computed-values.ts';
import { centre, type Matrix } from './matrix.ts';

/** Features whose similarity to others is asked for: centred, with what the unbiased estimator needs of each row. */
export interface KernelFeatures {
  readonly matrix: Matrix;
  /** Squared norm of each row: the diagonal of the kernel XX'. */
  readonly diagonal: Float64Array;
  readonly trace: number;
  /** HSIC of the features with themselves; not positive for features that are constant. */
  readonly own: number;
}

/** Centres features and works out what belongs to them alone. At least four rows. */
export function kernelFeatures(features: Matrix): KernelFeatures {
  const { rows, columns, values } = centre(features);
  // scaled to a mean squared norm of one, so that squares of products stay in the range of 32 bits
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / rows);
  const scaled = norm > 0 ? values.map((value) => value / norm) : values;
  const matrix: Matrix = { rows, columns, values: scaled };
  const diagonal = new Float64Array(rows);
  for (let i = 0; i < scaled.length; i++) {
    const row = Math.floor(i / columns);
    diagonal[row] = (diagonal[row] as number) + (scaled[i] as number) ** 2;
  }
  const trace = diagonal.reduce((sum, value) => sum + value, 0);
  const alone = { matrix, diagonal, trace };
  const [product = 0] = squaredProducts(matrix, [matrix]);
  return { ...alone, own: independence(alone, alone, product) };
}

/**
 * Unbiased linear CKA of one set of features with each of several, on the same rows (Kornblith et al., arXiv 1905.00414,
 * with the estimator of Song et al. that Nguyen et al., arXiv 2010.15327, use): around 0 for independent features of any
 * width, 1 for features that are turned or scaled. Null where one of the two is constant.
 *
 * HSIC1 = [tr(KL) + sum K sum L / ((n - 1)(n - 2)) - 2 / (n - 2) 1'KL1] / (n (n - 3)) with zeroed diagonals does not
 * change when the features are centred. Then the rows of XX' sum to zero, and with k, l the former diagonals it is
 * tr(KL) = |X'Y|^2 - k'l, sum K = -sum k, 1'KL1 = k'l: no matrix of n x n is needed.
 */
export function alignments(one: KernelFeatures, others: readonly KernelFeatures[]): (number | null)[] {
  const products = squaredProducts(
    one.matrix,
    others.map(({ matrix }) => matrix),
  );
  return others.map((other, place) => {
    if (!(one.own > 0 && other.own > 0)) return null;
    return independence(one, other, products[place] as number) / Math.sqrt(one.own * other.own);
  });
}

type Kernel = Pick<KernelFeatures, 'diagonal' | 'trace'>;

/** HSIC1 from |X'Y|^2. */
function independence(one: Kernel, other: Kernel, product: number): number {
  const rows = one.diagonal.length;
  let diagonals = 0;
  for (let row = 0; row < rows; row++)
    diagonals += (one.diagonal[row] as number) * (other.diagonal[row] as number);
  const sums = (one.trace * other.trace) / ((rows - 1) * (rows - 2));
  return (product - diagonals + sums - (2 / (rows - 2)) * diagonals) / (rows * (rows - 3));
}

/** |X'Y|^2 for each Y: one product for all of them side by side. */
function squaredProducts(x: Matrix, others: readonly Matrix[]): number[] {
  const width = others.reduce((sum, { columns }) => sum + columns, 0);
  const sums = computedValues(() => {
    const joined = tf.concat(
      others.map(({ values, rows, columns }) => tf.tensor2d(values, [rows, columns])),
      1,
    );
    const products = tf.matMul(tf.tensor2d(x.values, [x.rows, x.columns]), joined, true);
    return tf.sum(tf.square(products), 0);
  });
  if (sums.length !== width) throw new Error(`${sums.length} sums of ${width} columns`);
  let at = 0;
  return others.map(({ columns }) => {
    let total = 0;
    for (let column = 0; column < columns; column++) total += sums[at++] as number;
    return total;
  });
}
