import { asideText } from '../../../src-shared/runs/aside-text.ts';
import { isUnasked } from '../../../src-shared/runs/asked.ts';
import { compileFilter } from '../../../src-shared/runs/filter/compile-filter.ts';
import { formatValue } from '../../../src-shared/runs/filter/format-filter.ts';
import { parseFilter } from '../../../src-shared/runs/filter/parse-filter.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { indexRuns, type RunIndex } from '../../../src-shared/runs/run-index.ts';
import type { Store } from '../../store/store.ts';
import { requireRuns } from '../require-runs.ts';

/** Which runs: these ids, those of a study, those that a filter keeps; all if nothing is said. */
export interface RunSelection {
  readonly study?: string;
  readonly filter?: string;
}

/**
 * The ids of the runs that a command line names; all where it names none. Of a study those that its file asks for: what
 * else there is of it is told on the error output.
 * @throws Problem `not-found` for a run or study that is not there, `usage` for a filter that is not understood
 */
export function selectRuns(store: Store, ids: readonly string[], { study, filter }: RunSelection): string[] {
  requireRuns(store, ids);
  if (study !== undefined) store.study(study);
  const table = store.runTable(ids.length > 0 ? ids : undefined);
  const index = indexRuns(table);
  const passes = filter === undefined ? () => true : compileFilter(parseFilter(filter), index);
  const own = [...table.runs.keys()].filter(
    (row) => (study === undefined || table.runs[row]?.study === study) && passes(row),
  );
  if (study === undefined || ids.length > 0) return idsAt(index, own);
  const aside = asideText(
    index,
    own.filter((row) => isUnasked(index, row)),
  );
  if (aside !== '')
    console.error(
      `kindling: ${aside}, and left out; --filter 'study=${formatValue(study, true)}' takes them, too.`,
    );
  return idsAt(
    index,
    own.filter((row) => !isUnasked(index, row)),
  );
}

function idsAt(index: RunIndex, rows: readonly number[]): string[] {
  return runsAt(index, rows).map(({ id }) => id);
}
