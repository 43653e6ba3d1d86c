import { columnMeans, type Matrix } from './matrix.ts';

export interface Activity {
  /** Share of all activations that are exactly zero. */
  readonly sparsity: number;
  /** Share of the channels that are zero at every position of every image. */
  readonly dead: number;
}

/** @param zeros share of the positions at which a channel is zero, for each image and channel */
export function activity(zeros: Matrix): Activity {
  const shares = columnMeans(zeros);
  const sum = shares.reduce((total, share) => total + share, 0);
  return {
    sparsity: sum / shares.length,
    dead: shares.filter((share) => share === 1).length / shares.length,
  };
}
