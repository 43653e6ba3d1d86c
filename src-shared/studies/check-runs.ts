import { whole } from '../numbers.ts';
import type { Mistake } from '../mistakes/mistake.ts';
import type { Factors } from './cell.ts';
import type { StudyDefinition } from './study-definition.ts';
import { MOST_RUNS } from './study-limits.ts';
import { mostRuns } from './wanted-runs.ts';

/** More runs than a study may ask for; they are counted and not listed. */
export function checkRuns(
  definition: StudyDefinition,
  cells: readonly { readonly factors: Factors }[],
): Mistake[] {
  const count = mostRuns(definition, cells);
  if (count <= MOST_RUNS) return [];
  const [runs, size, most] = [count, cells.length, MOST_RUNS].map((each) => whole(each));
  const seeds = definition.until ? 'as many seeds as they may get' : 'their seeds';
  const message = `${runs} runs (${size} cells with ${seeds}) are more than the limit of ${most} per study.`;
  return [{ path: ['seeds'], value: undefined, message }];
}
