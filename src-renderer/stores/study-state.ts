import { counted } from '../../src-shared/counted.ts';
import type {
  Preparation,
  StudyActivity,
  StudyListing,
  StudyProgress,
} from '../../src-shared/contract/api/studies.ts';
import { elsewhereText, submittedText } from '../../src-shared/contract/elsewhere-text.ts';
import { aboutDuration } from '../../src-shared/numbers.ts';
import { dateTime } from '../format/time.ts';

/** Whether something is under way or in line, so that it can be cancelled. */
export function isUnderWay({ activity }: StudyListing): boolean {
  return activity !== 'idle';
}

/**
 * Runs of the present definition that a start would train: those that are not complete, have not diverged and are not skipped; none of runs that
 * were imported.
 */
export function missingRuns({ wanted, complete, leftOut, importedFrom }: StudyListing): number {
  const { diverged, skipped } = leftOut;
  return importedFrom !== null ? 0 : Math.max(0, wanted - complete - diverged - skipped);
}

/** What a start that repeats the diverged runs, too, would do. */
export function repeatLabel(study: StudyListing): string {
  const diverged = counted(study.leftOut.diverged, 'diverged run');
  const missing = missingRuns(study);
  return missing === 0 ? `Repeat ${diverged}` : `Run ${missing} missing and repeat ${diverged}`;
}

/** What its chip says; done is also what has nothing left to run but what diverged. */
export function stateOf(study: StudyListing): StudyActivity | 'done' {
  return study.activity === 'idle' && missingRuns(study) === 0 ? 'done' : study.activity;
}

/** Where a study is trained that this machine does not train, or where its runs wait; null for any other. */
export function placeText(study: StudyListing): string | null {
  if (study.submitted !== null) return submittedText(study.submitted, dateTime(study.submitted.since));
  return elsewhereText(study);
}

/** The time that is left of a study that runs, or what it is at before that can be told; null for any other. */
export function courseText({ activity, progress, preparation }: StudyListing): string | null {
  if (activity !== 'running') return null;
  if (preparation !== null) return preparationText(preparation);
  if (progress === null) return 'checking the data …';
  if (progress.secondsLeft !== null) return leftText(progress, progress.secondsLeft);
  if (progress.starting > 0) return `starting ${counted(progress.starting, 'trainer')} …`;
  return 'estimating the time left …';
}

function leftText({ total, mostTotal, mostSecondsLeft }: StudyProgress, least: number): string {
  if (mostTotal === total || mostSecondsLeft === null) return `${aboutDuration(least)} left`;
  return `${aboutDuration(least, mostSecondsLeft)} left, as up to ${counted(mostTotal - total, 'run')} may be added`;
}

function preparationText({ what, secondsLeft }: Preparation): string {
  return secondsLeft === null ? `${what} …` : `${what}, ${aboutDuration(secondsLeft)} left`;
}

/** The share of its runs that are complete; null before the first begins, when nothing tells how long that takes. */
export function shareOf({ activity, progress, complete, wanted }: StudyListing): number | null {
  const isBeginning = activity === 'running' && (progress === null || progress.running === 0);
  return isBeginning && complete < wanted ? null : complete / Math.max(1, wanted);
}

/** The order of a list: what runs, then what is in line, then the others as they come (newest first). */
export function byActivity(studies: readonly StudyListing[]): {
  readonly underWay: readonly StudyListing[];
  readonly others: readonly StudyListing[];
} {
  const underWay = studies.filter(isUnderWay).toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
  return { underWay, others: studies.filter((study) => !isUnderWay(study)) };
}
