import type { SeedComparison } from './compare-seeds.ts';
import { type EquivalenceTest, equivalenceTest } from './equivalence-test.ts';
import { holmAdjusted } from './holm.ts';
import { isBelow, SIGNIFICANT } from './judge-comparisons.ts';
import { pairsNeeded } from './sign-flip-test.ts';

/** What the tests of a difference and of its equivalence say together; `small difference`: there is one, within the margin. */
export type Verdict = 'equivalent' | 'different' | 'small difference' | 'undecided';

/** What a test of equivalence found of one difference, and what it says beside the test of the difference. */
export interface ToldEquivalence extends EquivalenceTest {
  /** Adjusted like that of the difference. */
  readonly adjustedP: number;
  readonly verdict: Verdict;
}

export interface JudgedEquivalence extends EquivalenceTest {
  /** p of the two one-sided tests, adjusted for the number of comparisons and for the choice of the baseline. */
  readonly adjustedP: number;
  /** The same of the least p that exact one-sided tests could give. */
  readonly leastAdjustedP: number;
  /** Whether both are below 0.05. */
  readonly isEquivalent: boolean;
}

/**
 * Which of several cells differ from one baseline by less than a margin; null without a test. The probability that any is
 * called so although it is not is at most 0.05, by Holm's method, and as for differences nothing is claimed where an exact
 * test could not.
 *
 * A baseline that is the best of k cells may have won over one that is truly better by the margin, which then looks nearer
 * to it than it is. The p values are multiplied by k: for each baseline Holm's method at the level a / k is wrong with a
 * probability of at most a / k, and so with any way to choose one of k with at most a. (Half of that, as for differences, is
 * not enough: cells that equal each other form groups, those that differ by a margin do not.) Of two cells there is one pair.
 *
 * @param cells how many the baseline was chosen among; null for one that was fixed before.
 */
export function judgeEquivalence(
  comparisons: readonly Pick<SeedComparison, 'test' | 'leastOneSidedP'>[],
  margin: number,
  cells: number | null,
): (JudgedEquivalence | null)[] {
  const tests = comparisons.map(({ test }) => test && equivalenceTest(test, margin));
  const factor = baselineFactor(cells);
  const adjusted = holmAdjusted(
    tests.map((test) => test?.p ?? null),
    factor,
  );
  const least = holmAdjusted(
    comparisons.map(({ leastOneSidedP }) => leastOneSidedP),
    factor,
  );
  return tests.map((test, place) => {
    const [adjustedP = null, leastAdjustedP = null] = [adjusted[place], least[place]];
    if (!test || adjustedP === null || leastAdjustedP === null) return null;
    return {
      ...{ ...test, adjustedP, leastAdjustedP },
      isEquivalent: isBelow(adjustedP) && isBelow(leastAdjustedP),
    };
  });
}

export function verdictOf(isDifferent: boolean, isEquivalent: boolean): Verdict {
  if (isEquivalent) return isDifferent ? 'small difference' : 'equivalent';
  return isDifferent ? 'different' : 'undecided';
}

/** How many seeds of every cell it takes before one of so many can be called equivalent. */
export function seedsToBeEquivalent(comparisons: number, cells: number | null): number {
  return pairsNeeded((2 * SIGNIFICANT) / (comparisons * baselineFactor(cells)));
}

/** By what p values are multiplied for the choice of the baseline. */
export function baselineFactor(cells: number | null): number {
  return cells === null || cells <= 2 ? 1 : cells;
}
