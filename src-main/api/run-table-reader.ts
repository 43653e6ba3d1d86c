import type { NamedRunTable } from '../../src-shared/contract/api/runs.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import { indexNamedRuns } from '../datasets/index-named-runs.ts';
import type { Store } from '../store/store.ts';
import { rowsGoingOn } from './rows-going-on.ts';
import type { TrainingEnvironment } from './training-environment.ts';

export interface RunTableReader {
  /** Every run and cell. */
  readonly runTable: () => NamedRunTable;
  /** The same, for queries. */
  readonly runIndex: () => RunIndex;
}

interface Reading {
  readonly store: Store;
  readonly revision: number;
  readonly table: NamedRunTable;
  readonly index: RunIndex;
}

/**
 * Reads the table, and again only when the store has changed or is another one: the same object until then, which is how `serve` knows
 * that it has written it already. @param describe data sets
 */
export function runTableReader(
  store: () => Store,
  describe: TrainingEnvironment['describeDataset'],
): RunTableReader {
  let known: Reading | null = null;
  const read = (): Reading => {
    const present = store();
    const revision = present.revision();
    if (known?.store === present && known.revision === revision) return known;
    const { runs, ...rest } = present.runTable();
    const table = { ...rest, runs: rowsGoingOn(present, runs) };
    const index = indexNamedRuns(table, describe);
    const classes = [...index.classes].map(([dataset, names]) => ({ dataset, names }));
    known = { store: present, revision, table: { ...table, classes }, index };
    return known;
  };
  return { runTable: () => read().table, runIndex: () => read().index };
}
