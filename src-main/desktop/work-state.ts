import type { StudyActivity, StudyListing } from '../../src-shared/contract/api/studies.ts';
import type { Work } from './follow-work.ts';

const COMPUTING: readonly StudyActivity[] = ['running', 'pausing', 'stopping'];
const PAUSABLE: readonly StudyActivity[] = ['running', 'queued'];
const ACTIVE: readonly StudyActivity[] = ['queued', 'paused', ...COMPUTING];

function studiesThat(work: Work, activities: readonly StudyActivity[]): readonly StudyListing[] {
  return work.studies.filter(({ activity }) => activities.includes(activity));
}

/** Whether something computes now, which a machine that falls asleep would hold up. */
export function isComputing(work: Work): boolean {
  return work.tasks.length > 0 || studiesThat(work, COMPUTING).length > 0;
}

/** What would be stopped by quitting, for people: names of studies and titles of tasks. */
export function whatComputes(work: Work): readonly string[] {
  return [...studiesThat(work, COMPUTING).map(({ name }) => name), ...work.tasks.map(({ title }) => title)];
}

/** What becomes of it when Kindling quits, in sentences. */
export function whatStopping(work: Work): string {
  return [
    studiesThat(work, COMPUTING).length > 0
      ? 'Runs that are stopped go on from their last checkpoints when the study is started again.'
      : '',
    work.tasks.length > 0 ? 'A task that is stopped has to be started again.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

export function pausableStudies(work: Work): readonly string[] {
  return studiesThat(work, PAUSABLE).map(({ name }) => name);
}

export function pausedStudies(work: Work): readonly string[] {
  return studiesThat(work, ['paused', 'pausing']).map(({ name }) => name);
}

/** What dock or taskbar show. */
export interface ShownProgress {
  /** Of all runs, from 0 to 1. */
  readonly share: number;
  /** As Electron names them: red where runs have failed, yellow while all is paused. */
  readonly mode: 'normal' | 'paused' | 'error';
}

/**
 * How far the studies are that run, wait or are paused; null where none of them has begun. A failed run is a run that is
 * behind us.
 */
export function progressOf(work: Work): ShownProgress | null {
  const active = studiesThat(work, ACTIVE);
  if (active.every(({ activity }) => activity === 'queued')) return null;
  const total = sum(active.map(({ wanted, progress }) => progress?.total ?? wanted));
  const behind = sum(
    active.map(({ complete, progress }) => (progress === null ? complete : progress.done + progress.failed)),
  );
  const hasFailed = active.some(({ progress }) => (progress?.failed ?? 0) > 0);
  const isPaused = studiesThat(work, COMPUTING).length === 0;
  const mode = hasFailed ? 'error' : isPaused ? 'paused' : 'normal';
  return { share: total === 0 ? 0 : Math.min(1, behind / total), mode };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
