import { mean, sum } from 'd3-array';

/** How long several analyses still take, one after the other. */
export interface AnalysisClock {
  /** Of the present one a share is done, from 0 to 1. Seconds that are left; null as long as nothing tells. */
  readonly secondsLeft: (share: number) => number | null;
  /** The present one has ended. */
  readonly end: () => void;
}

/** Seconds for which the estimate counts as much as the pace: the first passes over the images are no measure of the rest. */
const TRUST = 10;
/** Of the first analysis, without any estimate. */
const TELLING = 0.1;

/**
 * The pace so far, by what each was estimated to take; one without an estimate as the mean of the others.
 *
 * @param estimates seconds of each in order, null where it was never timed
 * @param now seconds
 */
export function analysisClock(
  estimates: readonly (number | null)[],
  now: () => number = () => performance.now() / 1000,
): AnalysisClock {
  const startedAt = now();
  const usual = mean(estimates, (each) => each ?? undefined);
  const weights = estimates.map((each) => each ?? usual ?? 1);
  const trust = usual === undefined ? 0 : TRUST;
  let ended = 0;
  return {
    secondsLeft: (share) => {
      if (usual === undefined && ended === 0 && share < TELLING) return null;
      const done = sum(weights.slice(0, ended)) + (weights[ended] ?? 0) * share;
      const pace = (now() - startedAt + trust) / (done + trust);
      return Math.max(0, sum(weights) - done) * pace;
    },
    end: () => {
      ended++;
    },
  };
}
