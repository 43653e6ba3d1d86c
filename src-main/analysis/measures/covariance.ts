import { EigenvalueDecomposition, Matrix as DenseMatrix } from 'ml-matrix';
import { columnMeans, type Matrix } from './matrix.ts';

/** Rows that are read together, so that they stay in the processor's cache. */
const BLOCK = 64;

/**
 * Covariance of the columns over the first `rows` rows, divided by their number; [columns, columns] row by row. In 64
 * bits throughout, since small eigenvalues would drown in the rounding of 32-bit products.
 */
export function covariance(matrix: Matrix, rows: number = matrix.rows): Float64Array {
  const { columns, values } = matrix;
  const means = columnMeans(matrix, rows);
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

export interface Eigen {
  /** Ascending; rounding can make those that are zero slightly negative, which are set to zero. */
  readonly values: Float64Array;
  /** [size, size] row by row; a column for each value. */
  readonly vectors: Float64Array;
}

/** Of a symmetric matrix of `size` rows, given row by row, without negative eigenvalues. */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const dense = DenseMatrix.from1DArray(size, size, matrix);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(dense, {
    assumeSymmetric: true,
  });
  return {
    values: Float64Array.from(realEigenvalues, (value) => Math.max(0, value)),
    vectors: Float64Array.from(eigenvectorMatrix.to1DArray()),
  };
}
