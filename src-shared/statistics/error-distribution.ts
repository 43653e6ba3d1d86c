export interface DistributionStep {
  readonly error: number;
  /** Share of the models whose error is at most this. */
  readonly share: number;
}

/**
 * The empirical distribution of errors, by which design spaces are compared (Radosavovic et al., "Designing network
 * design spaces", arXiv 2003.13678, section 3.1): one step for each distinct error, rising. NaN is left out.
 */
export function errorDistribution(errors: readonly number[]): DistributionStep[] {
  const sorted = errors.filter((error) => !Number.isNaN(error)).sort((a, b) => a - b);
  return sorted.flatMap((error, place) =>
    sorted[place + 1] === error ? [] : [{ error, share: (place + 1) / sorted.length }],
  );
}
