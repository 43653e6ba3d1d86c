import type { StudyOutcome } from './api/execution.ts';

/** How a study came to its end, after its name. A study that was stopped had somebody who stopped it. */
export type StudyEnding = 'is done' | 'was stopped' | 'has ended';

/** @param outcome null where it ended by an error */
export function studyEnding(outcome: StudyOutcome | null): StudyEnding {
  if (outcome === null) return 'has ended';
  const { total, done, failed, diverged, stopped } = outcome;
  if (done + diverged === total) return 'is done';
  return stopped && done + failed < total ? 'was stopped' : 'has ended';
}
