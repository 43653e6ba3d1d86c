import * as tf from '@tensorflow/tfjs';
import { EigenvalueDecomposition, Matrix as DenseMatrix } from 'ml-matrix';
import { doubleAlgebra } from '../../engine/double-algebra.ts';
import { computedValues } from '../computed-values.ts';
import { columnMeans, type Matrix } from './matrix.ts';

/** Rows that are read together, so that they stay in the processor's cache. */
const BLOCK = 64;
/** Columns from which TensorFlow is faster than what is here. */
const WIDE = 48;

/** Eigenvalues of the columns' covariance over the rows (divided by their number), and their eigenvectors. */
export interface PrincipalAxes {
  /** Ascending; rounding can make those that are zero slightly negative, which are set to zero. */
  readonly variances: Float64Array;
  /** [columns, columns] row by row; a column for each variance. */
  readonly directions: Float32Array;
}

/** In 64 bits throughout, since small eigenvalues would drown in the rounding of 32-bit products. */
export function principalAxes(matrix: Matrix): PrincipalAxes {
  const { rows, columns, values } = matrix;
  const found =
    engineAlgebra(columns)?.principalAxes(values, rows, columns) ?? plainAxes(covariance(matrix), columns);
  return { variances: withoutNegative(found.variances), directions: found.directions };
}

/** The variances of `principalAxes` alone, which cost a fraction of the time. */
export function principalVariances(matrix: Matrix): Float64Array {
  const { rows, columns, values } = matrix;
  return withoutNegative(
    engineAlgebra(columns)?.principalVariances(values, rows, columns) ??
      plainAxes(covariance(matrix), columns).variances,
  );
}

export interface PrincipalComponents extends Matrix {
  /** Share of the variance that they have; NaN where nothing varies. */
  readonly explained: number;
}

/**
 * The rows, about their mean, along the axes of largest variance, the largest first; each axis points to where its largest
 * entry is above zero.
 * @param count of the axes; all where there are fewer
 * @param rows that the axes and the mean are taken from, the first ones
 */
export function principalComponents(
  matrix: Matrix,
  count: number,
  rows: number = matrix.rows,
): PrincipalComponents {
  const { columns, values } = matrix;
  const seen = { rows, columns, values: values.subarray(0, rows * columns) };
  const { variances, directions } = principalAxes(seen);
  const means = columnMeans(seen);
  const kept = Math.min(count, columns);
  const axes = new Float32Array(columns * kept);
  for (let axis = 0; axis < kept; axis++) {
    // the variances ascend
    const direction = Array.from(
      { length: columns },
      (_, column) => directions[(column + 1) * columns - 1 - axis] ?? NaN,
    );
    const most = direction.reduce((high, value) => (Math.abs(value) > Math.abs(high) ? value : high), 0);
    for (const [column, value] of direction.entries()) axes[column * kept + axis] = most < 0 ? -value : value;
  }
  const projected = computedValues(() =>
    tf.matMul(
      tf.sub(tf.tensor2d(values, [matrix.rows, columns]), tf.tensor1d(Float32Array.from(means))),
      tf.tensor2d(axes, [columns, kept]),
    ),
  );
  const sum = (some: Float64Array): number => some.reduce((total, value) => total + value, 0);
  return {
    ...{ rows: matrix.rows, columns: kept, values: projected },
    explained: sum(variances.slice(columns - kept)) / sum(variances),
  };
}

/** Columns up to which principal axes cost less than the steps that they save a solver. */
export function affordableColumns(): number {
  return doubleAlgebra() === null ? 640 : 1600;
}

function engineAlgebra(columns: number) {
  return columns < WIDE ? null : doubleAlgebra();
}

/** [columns, columns] row by row. */
function covariance(matrix: Matrix): Float64Array {
  const { rows, columns, values } = matrix;
  const means = columnMeans(matrix);
  const products = new Float64Array(columns * columns);
  const block = new Float64Array(BLOCK * columns);
  for (let start = 0; start < rows; start += BLOCK) {
    const count = Math.min(BLOCK, rows - start);
    // column by column, so that the inner loop runs along both operands
    for (let row = 0; row < count; row++)
      for (let column = 0; column < columns; column++)
        block[column * BLOCK + row] =
          (values[(start + row) * columns + column] as number) - (means[column] as number);
    for (let i = 0; i < columns; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        const one = i * BLOCK;
        const other = j * BLOCK;
        for (let row = 0; row < count; row++)
          sum += (block[one + row] as number) * (block[other + row] as number);
        products[i * columns + j] = (products[i * columns + j] as number) + sum;
      }
  }
  for (let i = 0; i < columns; i++)
    for (let j = 0; j <= i; j++) {
      const value = (products[i * columns + j] as number) / rows;
      products[i * columns + j] = value;
      products[j * columns + i] = value;
    }
  return products;
}

function plainAxes(symmetric: Float64Array, size: number): PrincipalAxes {
  const dense = DenseMatrix.from1DArray(size, size, symmetric);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(dense, {
    assumeSymmetric: true,
  });
  return {
    variances: Float64Array.from(realEigenvalues),
    directions: Float32Array.from(eigenvectorMatrix.to1DArray()),
  };
}

function withoutNegative(values: Float64Array): Float64Array {
  return values.map((value) => Math.max(0, value));
}
