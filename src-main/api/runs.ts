import type { runRequests } from '../../src-shared/contract/api/runs.ts';
import { queryRuns } from '../../src-shared/runs/query-runs.ts';
import { knownDataset } from '../datasets/known-dataset.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { rowsGoingOn } from './rows-going-on.ts';

type RunRequests = Pick<
  typeof runRequests,
  | 'runs.table'
  | 'runs.query'
  | 'runs.get'
  | 'runs.curves'
  | 'runs.histograms'
  | 'runs.confusions'
  | 'runs.provenances'
  | 'runs.annotate'
  | 'runs.annotateBack'
>;

/** The requests about runs. */
export function runHandlers({
  store,
  environment,
  changes,
  runTable,
  runIndex,
}: Pick<Host, 'store' | 'environment' | 'changes' | 'runTable' | 'runIndex'>): HandlersOf<RunRequests> {
  return {
    'runs.table': () => runTable(),
    'runs.query': ({ filter, sort, offset, limit }) => {
      const index = runIndex();
      const { rows } = queryRuns(index, { filter, sort, groupBy: [], summarize: [] });
      const shown = rows.slice(offset, offset + limit);
      return { runs: shown.flatMap((row) => index.rows[row]?.id ?? []), total: rows.length };
    },
    'runs.get': ({ run }) => {
      const { id, study, cell: key } = store().run(run);
      const { runs, cells } = store().runTable([id]);
      const [row] = rowsGoingOn(store(), runs);
      const cell = cells.find((each) => each.study === study && each.id === key);
      if (!row || !cell) throw new Error(`the run ${id} has no row or no cell`);
      return {
        row,
        cell,
        provenance: store().provenance(id),
        artifacts: store().artifacts(id),
        classes: knownDataset(() => environment.describeDataset(row.dataset))?.classes ?? [],
      };
    },
    'runs.curves': ({ runs, metric }) => store().curves(runs, metric),
    'runs.histograms': ({ runs, ...wanted }) => store().histogramsOf(runs, wanted),
    'runs.provenances': ({ runs }) => runs.map((run) => ({ run, provenance: store().provenance(run) })),
    'runs.confusions': ({ runs }) =>
      runs.flatMap((run) => {
        const confusion = store().confusion(run);
        return confusion ? [{ run, counts: confusion.counts }] : [];
      }),
    'runs.annotate': ({ runs, note, addTags, removeTags }) => {
      const annotation = { ...(note === undefined ? {} : { note }), addTags, removeTags };
      const rows = store().annotate(runs, annotation);
      changes.touch(runs);
      return rowsGoingOn(store(), rows);
    },
    'runs.annotateBack': ({ runs }) => {
      const answer = store().annotateBack(runs);
      changes.touch(runs.map(({ run }) => run));
      return { ...answer, rows: rowsGoingOn(store(), answer.rows) };
    },
  };
}
