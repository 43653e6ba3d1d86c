import { EigenvalueDecomposition, Matrix as DenseMatrix } from 'ml-matrix';
import { columnMeans, type Matrix } from './matrix.ts';

/** Eigenvalues below this share of the largest count as zero in a pseudo-inverse. */
const RANK_TOLERANCE = 1e-10;

/** Class means less the mean of all, [classes, columns], and the rows of each class. */
interface ClassMeans {
  readonly means: Float64Array;
  readonly counts: Uint32Array;
  readonly centre: Float64Array;
}

export interface ClassSeparation {
  /** Fisher's ratio trace(S_B) / trace(S_W), both weighted by the rows; null where nothing varies within classes. */
  readonly fisher: number | null;
  /**
   * NC1 of Papyan, Han and Donoho (PNAS 2020): trace(S_W pinv(S_B)) / classes, with the mean of the classes' own
   * covariances and S_B over the class means; 0 is collapse. Null where all class means are the same.
   */
  readonly collapse: number | null;
}

/** How far the classes lie apart, against their width. Every class has rows. */
export function classSeparation(matrix: Matrix, labels: ArrayLike<number>, classes: number): ClassSeparation {
  const { rows, columns, values } = matrix;
  const { means, counts, centre } = classMeans(matrix, labels, classes);
  let between = 0;
  for (let i = 0; i < means.length; i++)
    between += (counts[Math.floor(i / columns)] as number) * (means[i] as number) ** 2;
  const axes = meanAxes(means, classes, columns);
  let within = 0;
  let collapse = 0;
  const difference = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    for (let column = 0; column < columns; column++) {
      const value =
        (values[row * columns + column] as number) -
        (centre[column] as number) -
        (means[label * columns + column] as number);
      difference[column] = value;
      within += value * value;
    }
    const share = 1 / (classes * (counts[label] as number));
    for (const { direction, variance } of axes) {
      let along = 0;
      for (let column = 0; column < columns; column++)
        along += (direction[column] as number) * (difference[column] as number);
      collapse += (share * along * along) / variance;
    }
  }
  return {
    fisher: within > 0 ? between / within : null,
    collapse: axes.length > 0 ? collapse / classes : null,
  };
}

function classMeans(matrix: Matrix, labels: ArrayLike<number>, classes: number): ClassMeans {
  const { rows, columns, values } = matrix;
  const counts = new Uint32Array(classes);
  const means = new Float64Array(classes * columns);
  const centre = columnMeans(matrix);
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    counts[label] = (counts[label] as number) + 1;
    for (let column = 0; column < columns; column++) {
      const at = label * columns + column;
      means[at] = (means[at] as number) + (values[row * columns + column] as number);
    }
  }
  for (let i = 0; i < means.length; i++)
    means[i] =
      (means[i] as number) / (counts[Math.floor(i / columns)] as number) - (centre[i % columns] as number);
  return { means, counts, centre };
}

/**
 * The axes along which the class means vary, with their variance over the classes: the eigenvectors of S_B other than
 * those of zero, by way of the small Gram matrix of the means.
 */
function meanAxes(
  means: Float64Array,
  classes: number,
  columns: number,
): { direction: Float64Array; variance: number }[] {
  const mean = (k: number): Float64Array => means.subarray(k * columns, (k + 1) * columns);
  const gram = new DenseMatrix(
    Array.from({ length: classes }, (_, one) =>
      Array.from({ length: classes }, (_unused, other) => scalarProduct(mean(one), mean(other)) / classes),
    ),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const largest = Math.max(...realEigenvalues);
  return realEigenvalues.flatMap((variance, place) => {
    if (!(variance > RANK_TOLERANCE * largest)) return [];
    const direction = new Float64Array(columns);
    for (let k = 0; k < classes; k++) {
      const share = eigenvectorMatrix.get(k, place) / Math.sqrt(variance * classes);
      const ofClass = mean(k);
      for (let column = 0; column < columns; column++)
        direction[column] = (direction[column] as number) + share * (ofClass[column] as number);
    }
    return [{ direction, variance }];
  });
}

function scalarProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
