import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * Sums over samples of inputs x and outputs y, taken about a shift near their means, so that a covariance is no small
 * difference of large sums.
 */
export interface Moments {
  readonly samples: number;
  readonly inputShift: Float64Array;
  readonly outputShift: Float64Array;
  readonly inputs: Float64Array;
  readonly outputs: Float64Array;
  /** [inputs, inputs] */
  readonly inputProducts: Float64Array;
  /** [inputs, outputs] */
  readonly crossProducts: Float64Array;
  /** Of each output with itself. */
  readonly outputSquares: Float64Array;
}

export interface LinearMap {
  /** [inputs, outputs] */
  readonly weights: Float64Array;
  readonly intercept: Float64Array;
  /** Share of the outputs' summed variance that the map explains of the same samples; null where they do not vary. */
  readonly explained: number | null;
}

/**
 * The linear map with intercept that explains outputs best by inputs: A = Sxy' (Sxx + lambda I)^-1. What it leaves is
 * the trace of Syy - 2 A Sxy + A Sxx A', which without a ridge is that of Syy - A Sxy.
 *
 * @param ridge lambda as a share of the mean variance of the inputs; above 0, as channels may be dead or alike
 */
export function fitLinearMap(moments: Moments, ridge: number): LinearMap {
  const { samples, inputShift, outputShift } = moments;
  const inputMeans = moments.inputs.map((sum) => sum / samples);
  const outputMeans = moments.outputs.map((sum) => sum / samples);
  const covariance = covarianceOf(moments.inputProducts, inputMeans, inputMeans, samples);
  const cross = covarianceOf(moments.crossProducts, inputMeans, outputMeans, samples);
  const total = moments.outputSquares.reduce(
    (sum, square, output) => sum + square / samples - (outputMeans[output] ?? 0) ** 2,
    0,
  );
  const weights = solveRidge(covariance, cross, ridge);
  // tr(A Sxy) and tr(A Sxx A'), as sums of products of entries
  const shared = Matrix.mul(weights, cross).sum();
  const fitted = Matrix.mul(weights, covariance.mmul(weights)).sum();
  const inputCentre = Matrix.rowVector(inputMeans.map((value, input) => value + (inputShift[input] ?? 0)));
  const predicted = inputCentre.mmul(weights);
  const intercept = outputMeans.map(
    (value, output) => value + (outputShift[output] ?? 0) - predicted.get(0, output),
  );
  return {
    weights: Float64Array.from(weights.to1DArray()),
    intercept,
    explained: total > 0 ? (2 * shared - fitted) / total : null,
  };
}

function covarianceOf(
  products: Float64Array,
  rowMeans: Float64Array,
  columnMeans: Float64Array,
  samples: number,
): Matrix {
  const matrix = Matrix.from1DArray(rowMeans.length, columnMeans.length, products).div(samples);
  return matrix.sub(Matrix.columnVector(rowMeans).mmul(Matrix.rowVector(columnMeans)));
}

function solveRidge(covariance: Matrix, cross: Matrix, ridge: number): Matrix {
  const loading = (ridge * covariance.trace()) / covariance.rows;
  // inputs that are all constant explain nothing, whatever the map
  if (!(loading > 0)) return Matrix.zeros(cross.rows, cross.columns);
  // products on the engine may differ from their mirror images in the last bit, which the decomposition refuses
  const symmetric = Matrix.add(covariance, covariance.transpose()).div(2);
  const loaded = Matrix.add(symmetric, Matrix.eye(covariance.rows).mul(loading));
  const decomposition = new CholeskyDecomposition(loaded);
  return decomposition.isPositiveDefinite()
    ? decomposition.solve(cross)
    : solveByEigenvalues(symmetric, loading, cross);
}

/** Slower. A covariance has no negative eigenvalue: one that outweighs the ridge is the rounding of the engine's float32 products. */
function solveByEigenvalues(covariance: Matrix, loading: number, cross: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const inverse = realEigenvalues.map((value) => 1 / (Math.max(0, value) + loading));
  const rotated = eigenvectorMatrix.transpose().mmul(cross);
  return eigenvectorMatrix.mmul(rotated.mulColumnVector(inverse));
}
