import { compileFilter } from '../../../src-shared/runs/filter/compile-filter.ts';
import { parseFilter } from '../../../src-shared/runs/filter/parse-filter.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import type { Store } from '../../store/store.ts';
import type { RunSelection } from '../export.ts';

/**
 * The ids of the runs that a command line names; all where it names none.
 * @throws Problem `not-found` for a run or study that is not there, `usage` for a filter that is not understood
 */
export function selectRuns(store: Store, ids: readonly string[], { study, filter }: RunSelection): string[] {
  for (const id of ids) store.run(id);
  if (study !== undefined) store.study(study);
  const table = store.runTable(ids.length > 0 ? ids : undefined);
  const index = indexRuns(table);
  const passes = filter === undefined ? () => true : compileFilter(parseFilter(filter), index);
  return table.runs
    .filter((run, row) => (study === undefined || run.study === study) && passes(row))
    .map(({ id }) => id);
}
