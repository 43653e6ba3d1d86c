import type { StudyListing } from '../../src-shared/contract/api/studies.ts';

const ACTIVE: ReadonlySet<StudyListing['activity']> = new Set(['running', 'pausing', 'stopping', 'queued']);

/**
 * How far the studies are that run or wait, as a share of their runs from 0 to 1; null where none does.
 * A failed run is a run that is behind us.
 */
export function studyShare(listings: Iterable<StudyListing>): number | null {
  const active = [...listings].filter(({ activity }) => ACTIVE.has(activity));
  if (!active.some(({ activity }) => activity !== 'queued')) return null;
  const total = sum(active.map(({ wanted, progress }) => progress?.total ?? wanted));
  if (total === 0) return 0;
  const behind = sum(
    active.map(({ complete, progress }) => (progress === null ? complete : progress.done + progress.failed)),
  );
  return Math.min(1, behind / total);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
