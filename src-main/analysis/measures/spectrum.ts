import type { Matrix } from './matrix.ts';
import { principalVariances } from './principal-axes.ts';

/** Of the covariance of features; all are null for features that are constant. */
export interface Spectrum {
  /**
   * exp(entropy) of the singular values of the centred features, divided by their sum (Roy and Vetterli 2007): from 1 to
   * the smaller of rows and columns.
   */
  readonly effectiveRank: number | null;
  /** (sum of eigenvalues)^2 / sum of their squares, with the same bounds. */
  readonly participationRatio: number | null;
  /** Least number of eigenvalues that hold 99 % of the variance, divided by the columns (arXiv 1907.08589). */
  readonly saturation: number | null;
}

const SATURATED = 0.99;

/** How many directions features use, from all eigenvalues of their covariance. */
export function spectrum(matrix: Matrix): Spectrum {
  return spectrumOf(principalVariances(matrix));
}

/** @param eigenvalues all of them, none negative */
function spectrumOf(eigenvalues: Float64Array): Spectrum {
  const total = sum(eigenvalues);
  if (!(total > 0)) return { effectiveRank: null, participationRatio: null, saturation: null };
  const singular = eigenvalues.map(Math.sqrt);
  const sigma = sum(singular);
  let entropy = 0;
  for (const value of singular) if (value > 0) entropy -= (value / sigma) * Math.log(value / sigma);
  let held = 0;
  let count = 0;
  for (const value of eigenvalues.toSorted().reverse()) {
    if (held >= SATURATED * total) break;
    held += value;
    count++;
  }
  return {
    effectiveRank: Math.exp(entropy),
    participationRatio: total ** 2 / sum(eigenvalues.map((value) => value ** 2)),
    saturation: count / eigenvalues.length,
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
