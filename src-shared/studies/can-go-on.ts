import type { RunRecord } from './run-record.ts';
import type { Failure } from './trainer-protocol.ts';

/** Failures that say nothing of the run itself: what it needed was not there. */
export const FAILED_FROM_OUTSIDE: ReadonlySet<Failure['code']> = new Set([
  'trainer-died',
  'out-of-memory',
  'disk-full',
  'engine-missing',
]);

/** Whether a run that has ended goes on as itself when it is trained again; of any other a new run is a further attempt. */
export function canGoOn({
  state,
  failure,
  importedFrom,
  openedFrom,
}: Pick<RunRecord, 'state' | 'failure' | 'importedFrom' | 'openedFrom'>): boolean {
  if (importedFrom !== null || openedFrom !== null) return false;
  return state === 'interrupted' || (failure !== null && FAILED_FROM_OUTSIDE.has(failure.code));
}
