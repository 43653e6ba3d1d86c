import type { Matrix } from '../../../../src-main/analysis/measures/matrix.ts';

/** HSIC1 of two kernels with zeroed diagonals. */
export type Independence = (k: readonly Float64Array[], l: readonly Float64Array[]) => number;

/** Unbiased linear CKA in 64 bits, by way of whole kernels. */
export function kernelAlignment(x: Matrix, y: Matrix, independence: Independence): number {
  const [k, l] = [kernelOf(x), kernelOf(y)];
  return independence(k, l) / Math.sqrt(independence(k, k) * independence(l, l));
}

/** As Song et al. (2012) write it, with traces and sums of n x n. */
export const byTraces: Independence = (k, l) => {
  const n = k.length;
  const [ofK, ofL] = [k.map(sum), l.map(sum)];
  const product = sum(k.map((row, i) => dot(row, l[i] ?? [])));
  const sums = (sum(ofK) * sum(ofL)) / ((n - 1) * (n - 2));
  return (product + sums - (2 / (n - 2)) * dot(ofK, ofL)) / (n * (n - 3));
};

/** The U-statistic that it is: the mean of K_ij (L_ij + L_qr - 2 L_iq) over all four different rows. */
export const byQuadruples: Independence = (k, l) => {
  const n = k.length;
  let total = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let q = 0; q < n; q++)
        for (let r = 0; r < n; r++)
          if (new Set([i, j, q, r]).size === 4)
            total += at(k, i, j) * (at(l, i, j) + at(l, q, r) - 2 * at(l, i, q));
  return total / (n * (n - 1) * (n - 2) * (n - 3));
};

function kernelOf({ rows, columns, values }: Matrix): Float64Array[] {
  const row = (i: number): Float32Array => values.subarray(i * columns, (i + 1) * columns);
  return Array.from({ length: rows }, (_, i) =>
    Float64Array.from({ length: rows }, (_other, j) => (i === j ? 0 : dot(row(i), row(j)))),
  );
}

function at(kernel: readonly Float64Array[], i: number, j: number): number {
  return kernel[i]?.[j] ?? NaN;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return sum(Array.from(a, (value, i) => value * (b[i] ?? NaN)));
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}
