export interface DistributionStep {
  readonly error: number;
  /** Share of the models whose error is at most this. */
  readonly share: number;
  /** Ends of the band at this error. */
  readonly low: number;
  readonly high: number;
}

export interface ErrorDistribution {
  /** One for each distinct error, rising. */
  readonly steps: readonly DistributionStep[];
  /** How far the band reaches from what is known, up and down. */
  readonly margin: number;
  /** Models without an error, which may lie anywhere in the band. */
  readonly missing: number;
}

/**
 * The empirical distribution of errors, by which design spaces are compared (Radosavovic et al., "Designing network
 * design spaces", arXiv 2003.13678, section 3.1). NaN counts as a model without an error.
 *
 * The band holds the whole distribution of the space that the models were drawn from at random with probability `level` or more,
 * whatever it is: sqrt(ln(2 / (1 - level)) / 2n) to both sides (Dvoretzky, Kiefer and Wolfowitz 1956, with the constant of Massart,
 * Annals of Probability 18, 1990). A model without an error may have any, so the band is widened by their share on both sides.
 */
export function errorDistribution(errors: readonly number[], level = 0.95): ErrorDistribution {
  const sorted = errors.filter((error) => !Number.isNaN(error)).sort((a, b) => a - b);
  const n = errors.length;
  const missing = n - sorted.length;
  const margin = n === 0 ? 1 : Math.sqrt(Math.log(2 / (1 - level)) / (2 * n));
  const steps = sorted.flatMap((error, place) => {
    if (sorted[place + 1] === error) return [];
    const count = place + 1;
    const [low, high] = [count / n - margin, (count + missing) / n + margin];
    return [{ error, share: count / sorted.length, low: Math.max(0, low), high: Math.min(1, high) }];
  });
  return { steps, margin, missing };
}
