import { counted } from '../../counted.ts';
import { whole } from '../../numbers.ts';
import type { SeedComparison } from '../../statistics/compare-seeds.ts';
import { type Judgement, seedsNeeded, SIGNIFICANT } from '../../statistics/judge-comparisons.ts';
import {
  baselineFactor,
  type JudgedEquivalence,
  seedsToBeEquivalent,
} from '../../statistics/judge-equivalence.ts';
import { marginText } from '../equivalence-text.ts';
import type { Quantity } from '../quantity.ts';

/**
 * What a reader must know before believing the comparisons with one baseline: how they are tested, and from how many seeds
 * on any of them could be significant.
 *
 * @param cells how many the baseline was chosen among; null for one that was given.
 * @param count of all comparisons, where those that found nothing are not among these.
 */
export function claimNotes(
  comparisons: readonly SeedComparison[],
  judged: readonly Judgement[],
  cells: number | null,
  count = comparisons.length,
): string[] {
  const tests = new Set(comparisons.flatMap(({ method, test }) => (test ? [method] : [])));
  const names = [
    ...(tests.has('paired') ? ['paired t test'] : []),
    ...(tests.has('unpaired') ? ["unpaired (Welch's) t test"] : []),
  ];
  const adjustments = [
    ...(count > 1 ? [`${whole(count)} comparisons (Holm)`] : []),
    ...(cells !== null && cells > 2 ? [`selecting the baseline among ${cells} cells`] : []),
  ];
  const adjusted = adjustments.length === 0 ? '' : `, p adjusted for ${adjustments.join(' and for ')}`;
  const untested = comparisons.filter(({ test }) => test === null).length;
  return [
    tests.size === 0
      ? 'no difference can be tested'
      : `tested by the ${names.join(' or ')}${adjusted}; significant: p < ${SIGNIFICANT}`,
    untested > 0 && tests.size > 0 ? `${counted(untested, 'difference')} without a test` : '',
    tests.size > 0 && judged.every(({ leastAdjustedP }) => (leastAdjustedP ?? 1) >= SIGNIFICANT)
      ? `no claim of significance: with so few seeds the exact test cannot reach p < ${SIGNIFICANT}; ${seedsNeeded(count, cells)} in every cell would be needed`
      : '',
  ].filter((note) => note !== '');
}

/** The same of equivalence within a margin. @param margin not scaled */
export function equivalenceNotes(
  quantity: Quantity,
  margin: number,
  judged: readonly (JudgedEquivalence | null)[],
  cells: number | null,
): string[] {
  const tested = judged.filter((each) => each !== null);
  if (tested.length === 0) return [];
  const factor = baselineFactor(cells);
  const adjustments = [
    ...(judged.length > 1 ? [`${judged.length} comparisons (Holm)`] : []),
    ...(factor > 1 ? [`selecting the baseline (times ${factor})`] : []),
  ];
  const adjusted = adjustments.length === 0 ? '' : `, p adjusted for ${adjustments.join(' and for ')}`;
  return [
    `equivalent: within ${marginText(quantity, margin)} by two one-sided t tests${adjusted}; their 90\u00a0% intervals are not adjusted`,
    tested.every(({ leastAdjustedP }) => leastAdjustedP >= SIGNIFICANT)
      ? `no claim of equivalence: with so few seeds exact tests cannot reach p < ${SIGNIFICANT}; ${seedsToBeEquivalent(judged.length, cells)} in every cell would be needed`
      : '',
  ].filter((note) => note !== '');
}
