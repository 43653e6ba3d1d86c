import { equivalenceTest, type EquivalenceTest } from '../equivalence-test.ts';
import { holmAdjusted } from '../holm.ts';
import { isBelow } from '../judge-comparisons.ts';
import { type ToldEquivalence, verdictOf } from '../judge-equivalence.ts';
import { type Contrast, contrastOf } from './contrast.ts';
import type { Level } from './design.ts';
import type { FactorialFit } from './fit-factorial.ts';

/** The difference of two levels of a factor: the second less the first. */
export interface LevelDifference extends Contrast {
  readonly factor: number;
  readonly from: Level;
  readonly to: Level;
  /** Adjusted by Holm's method for the differences of the factor. */
  readonly adjustedP: number;
  /** Null without a margin. */
  readonly equivalence: ToldEquivalence | null;
}

/** Levels of a factor from which on only neighbours are compared. */
const MANY_LEVELS = 8;

/** Differences of the marginal means of each factor that is not numeric. @param margin of equivalence */
export function levelDifferences(given: FactorialFit, margin: number | null): LevelDifference[] {
  return given.design.factors.flatMap(({ isNumeric, levels }, factor) => {
    if (isNumeric) return [];
    const pairs = levels.flatMap((from, place) =>
      (levels.length > MANY_LEVELS ? levels.slice(place + 1, place + 2) : levels.slice(place + 1)).map(
        (to) => ({
          from,
          to,
        }),
      ),
    );
    const found = pairs.flatMap(({ from, to }) => {
      const contrast = contrastOf(given, [
        { at: new Map([[factor, to]]), weight: 1 },
        { at: new Map([[factor, from]]), weight: -1 },
      ]);
      return contrast ? [{ from, to, contrast }] : [];
    });
    const adjusted = holmAdjusted(found.map(({ contrast }) => contrast.p));
    const tests = margin === null ? [] : found.map(({ contrast }) => testOf(contrast, margin));
    const equivalent = holmAdjusted(tests.map(({ p }) => p));
    return found.map(({ from, to, contrast }, place) => {
      const [adjustedP = contrast.p, test] = [adjusted[place] ?? undefined, tests[place]];
      return {
        ...{ ...contrast, factor, from, to, adjustedP },
        equivalence: test ? judged(test, equivalent[place] ?? test.p, isBelow(adjustedP)) : null,
      };
    });
  });
}

function testOf(contrast: Contrast, margin: number): EquivalenceTest {
  return equivalenceTest({ ...contrast, difference: contrast.estimate }, margin);
}

function judged(test: EquivalenceTest, adjustedP: number, isDifferent: boolean): ToldEquivalence {
  return { ...test, adjustedP, verdict: verdictOf(isDifferent, isBelow(adjustedP)) };
}
