import * as tf from '@tensorflow/tfjs';

/** Eigenvalues of a covariance, ascending, and its eigenvectors, [columns, columns] with a column for each value. */
export interface Axes {
  readonly variances: Float64Array;
  readonly directions: Float32Array;
}

/** Linear algebra in 64 bits, which TensorFlow.js does not have. An engine that has it sets it on its backend. */
export interface DoubleAlgebra {
  /** Of the columns' covariance over the rows. @param values [rows, columns] row by row */
  principalAxes(values: Float32Array, rows: number, columns: number): Axes;
  principalVariances(values: Float32Array, rows: number, columns: number): Float64Array;
}

/** Of the engine that is current; null where it has none. */
export function doubleAlgebra(): DoubleAlgebra | null {
  return (tf.backend() as { readonly doubleAlgebra?: DoubleAlgebra | null }).doubleAlgebra ?? null;
}
