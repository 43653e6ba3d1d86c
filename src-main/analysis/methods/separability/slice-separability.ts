import type { LayerKernel } from '../../weights/layer-kernel.ts';

export interface Separability {
  /** Mean over slices of sigma_1 / (sigma_1 + sigma_2 + sigma_3). */
  readonly share: number;
  /** Mean over slices of sigma_1^2 / (sigma_1^2 + sigma_2^2 + sigma_3^2). */
  readonly energy: number;
}

/**
 * How nearly the 3x3 slices of a kernel (one filter on one input) are a column times a row, as a 3x1 and a 1x3
 * convolution in turn would be: then the first singular value is the only one. Slices that are all zero are left out.
 * @returns null where all are zero
 */
export function separability({ inputs, filters, values }: LayerKernel): Separability | null {
  const size = inputs * filters;
  const slice = new Float64Array(9);
  let [share, energy, count] = [0, 0, 0];
  for (let place = 0; place < size; place++) {
    for (let tap = 0; tap < 9; tap++) slice[tap] = values[tap * size + place] ?? 0;
    const [first, second, third] = singularValues3x3(slice);
    if (first === 0) continue;
    share += first / (first + second + third);
    energy += first ** 2 / (first ** 2 + second ** 2 + third ** 2);
    count += 1;
  }
  return count === 0 ? null : { share: share / count, energy: energy / count };
}

/** Pairs of columns of one sweep. */
const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

/** Some five are enough; a bound, should rounding keep two columns turning. */
const MOST_SWEEPS = 30;

/** Columns whose cosine is below this are orthogonal but for rounding. */
const ORTHOGONAL = 1e-15;

/**
 * Singular values of a 3x3 matrix, falling, by one-sided Jacobi rotations (Hestenes, 1958): the columns are turned until
 * they are orthogonal, and their lengths then are the values. Small ones stay as exact as large ones, which the closed
 * form of the eigenvalues does not give.
 * @param m row by row; overwritten
 */
function singularValues3x3(m: Float64Array): [first: number, second: number, third: number] {
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const turned = PAIRS.filter(([p, q]) => orthogonalize(m, p, q));
    if (turned.length === 0) break;
  }
  const [first = 0, second = 0, third = 0] = [0, 1, 2]
    .map((column) => Math.sqrt(dot(m, column, column)))
    .sort((a, b) => b - a);
  return [first, second, third];
}

/** Turns two columns until they are orthogonal; false where they were. */
function orthogonalize(m: Float64Array, p: number, q: number): boolean {
  const [alpha, beta, gamma] = [dot(m, p, p), dot(m, q, q), dot(m, p, q)];
  if (Math.abs(gamma) <= ORTHOGONAL * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (const row of [0, 3, 6]) {
    const left = m[row + p] ?? 0;
    const right = m[row + q] ?? 0;
    m[row + p] = cosine * left - sine * right;
    m[row + q] = sine * left + cosine * right;
  }
  return true;
}

function dot(m: Float64Array, p: number, q: number): number {
  return (m[p] ?? 0) * (m[q] ?? 0) + (m[3 + p] ?? 0) * (m[3 + q] ?? 0) + (m[6 + p] ?? 0) * (m[6 + q] ?? 0);
}
