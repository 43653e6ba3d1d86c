import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { Store } from './store.ts';

/**
 * For what needs the files of a run.
 * @throws Problem `data-missing` for a run that came with its study from a report and whose files nobody has put here
 */
export function requireRunFiles(
  store: Pick<Store, 'provenance' | 'runFolder'>,
  { id, openedFrom, startedAt, artifacts }: RunRecord,
): void {
  if (openedFrom === null || artifacts !== null || startedAt === null) return;
  const host = store.provenance(id)?.host;
  throw new Problem(
    'data-missing',
    `The weights and other files of run ${id} are not here: its study was opened from the report ${openedFrom}, which has none. They are where it was trained${host === undefined ? '' : ` (${host})`}, in the folder artifacts/${id} of the home of Kindling: copy that folder to ${store.runFolder(id)}.`,
  );
}
