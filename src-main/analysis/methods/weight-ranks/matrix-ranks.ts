import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface MatrixRanks {
  /** Squared Frobenius norm by squared spectral norm: sum sigma^2 / sigma_1^2. */
  readonly stable: number;
  /** exp(-sum p ln p) with p = sigma / sum sigma (Roy and Vetterli, "The effective rank", 2007). */
  readonly effective: number;
  /** min(rows, columns): the most that either can be. */
  readonly largest: number;
}

/**
 * Soft ranks of a matrix.
 * @param rows of equal length
 * @returns null for a matrix that is all zero
 */
export function matrixRanks(rows: readonly Float64Array[]): MatrixRanks | null {
  const sigmas = singularValues(rows);
  const sum = sigmas.reduce((total, sigma) => total + sigma, 0);
  const largestSigma = Math.max(...sigmas);
  if (sum === 0) return null;
  const shares = sigmas.map((sigma) => sigma / sum);
  const entropy = shares.reduce((total, share) => total - (share === 0 ? 0 : share * Math.log(share)), 0);
  const stable = sigmas.reduce((total, sigma) => total + (sigma / largestSigma) ** 2, 0);
  return { stable, effective: Math.exp(entropy), largest: sigmas.length };
}

/**
 * The min(rows, columns) singular values, falling, from the eigenvalues of the smaller Gram matrix: those below 1e-8 of
 * the largest are rounding, which neither rank notices.
 */
function singularValues(rows: readonly Float64Array[]): number[] {
  const matrix = new Matrix(rows.map((row) => [...row]));
  const gram =
    matrix.rows <= matrix.columns ? matrix.mmul(matrix.transpose()) : matrix.transpose().mmul(matrix);
  const { realEigenvalues } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  return realEigenvalues.map((value) => Math.sqrt(Math.max(0, value))).sort((a, b) => b - a);
}
