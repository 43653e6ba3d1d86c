import { createRequire } from 'node:module';
import type * as distributions from '../src-shared/statistics/distributions.ts';

/**
 * Node's `#distributions`: those of src-shared, loaded with their first call. They are four hundred small files, a quarter of what a
 * command would load, and most commands and all trainers call none.
 */
const require = createRequire(import.meta.url);

type Distribution = (...parameters: number[]) => number;

function onFirstCall(name: string): Distribution {
  let loaded: Distribution | null = null;
  return (...parameters) => (loaded ??= require(name) as Distribution)(...parameters);
}

export const { erfc, fCdf, gammaIncInv, tCdf, tQuantile } = {
  erfc: onFirstCall('@stdlib/math-base-special-erfc'),
  fCdf: onFirstCall('@stdlib/stats-base-dists-f-cdf'),
  gammaIncInv: onFirstCall('@stdlib/math-base-special-gammaincinv'),
  tCdf: onFirstCall('@stdlib/stats-base-dists-t-cdf'),
  tQuantile: onFirstCall('@stdlib/stats-base-dists-t-quantile'),
} satisfies Record<keyof typeof distributions, Distribution>;
