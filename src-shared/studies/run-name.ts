import type { Factors } from './cell.ts';
import { cellText } from './factor-text.ts';

/** `SR = 0.25, 3×3 = 0.5, seed 1`: a run by what its cell differs in, or by its study. */
export function runName(run: {
  readonly study: string;
  readonly factors: Factors;
  readonly seed: number;
}): string {
  return `${cellText(run.factors) || run.study}, seed ${run.seed}`;
}
