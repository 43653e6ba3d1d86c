import type { SeedComparison } from './compare-seeds.ts';
import { holmAdjusted } from './holm.ts';
import { pairsNeeded } from './sign-flip-test.ts';

/** Below this a p is called significant. */
export const SIGNIFICANT = 0.05;

/** What may be said of one of several comparisons. */
export interface Judgement {
  /** p of the t test, adjusted for the number of comparisons and for the choice of the baseline; null without a test. */
  readonly adjustedP: number | null;
  /** The same of the least p that an exact test could give. */
  readonly leastAdjustedP: number | null;
  /** Whether both are below 0.05. */
  readonly isSignificant: boolean;
}

/**
 * Which of several comparisons with one baseline are significant. The probability that any of them is by chance is at most
 * 0.05: the p values of the t tests are adjusted by Holm's method. A t test of a few seeds trusts that differences are
 * normal, while accuracies are counts of images and may be nearly equal by chance; so nothing is significant where an
 * exact test could not be, however large the differences were.
 *
 * A baseline that is the best of k cells, on these data or on others of the same runs, differs from them by the choice
 * alone. The adjusted p values are therefore multiplied by k / 2, which holds for any way to choose. Proof: for a
 * baseline that equals c other cells, Holm's method at the level 2 a / k rejects one of these true hypotheses only if
 * the p of one is at most 2 a / (k c). Cells that equal each other form groups of c + 1, with c (c + 1) / 2 pairs;
 * so some pair of a group has such a p with a probability of at most a (c + 1) / k, and some pair of all groups with a.
 *
 * @param cells how many the baseline was chosen among; null for one that was fixed before.
 * @param count of all comparisons, where those that found nothing are not among these.
 */
export function judgeComparisons(
  comparisons: readonly Pick<SeedComparison, 'test' | 'leastP'>[],
  cells: number | null,
  count = comparisons.length,
): Judgement[] {
  const factor = choiceFactor(cells);
  const adjusted = holmAdjusted(
    comparisons.map(({ test }) => test?.p ?? null),
    factor,
    count,
  );
  const least = holmAdjusted(
    comparisons.map(({ leastP }) => leastP),
    factor,
    count,
  );
  return comparisons.map((_, place) => {
    const [adjustedP = null, leastAdjustedP = null] = [adjusted[place], least[place]];
    const isSignificant = isBelow(adjustedP) && isBelow(leastAdjustedP);
    return { adjustedP, leastAdjustedP, isSignificant };
  });
}

/** How many seeds of every cell it takes before one of so many comparisons can be significant. */
export function seedsNeeded(comparisons: number, cells: number | null): number {
  return pairsNeeded(SIGNIFICANT / comparisonsInAll(comparisons, cells));
}

/** By how much alpha is divided in Holm's first step. @param cells among which the baseline was chosen; null for one that was given */
export function comparisonsInAll(comparisons: number, cells: number | null): number {
  return comparisons * choiceFactor(cells);
}

/** Of two cells one is the baseline anyway. */
function choiceFactor(cells: number | null): number {
  return cells === null ? 1 : Math.max(1, cells / 2);
}

export function isBelow(p: number | null): boolean {
  return p !== null && p < SIGNIFICANT;
}
