import type { RunTable } from '../../src-shared/contract/api/runs.ts';
import { indexRuns, type RunIndex } from '../../src-shared/runs/run-index.ts';
import type { Store } from '../store/store.ts';

export interface RunTableReader {
  /** Every run and cell. */
  readonly runTable: () => RunTable;
  /** The same, for queries. */
  readonly runIndex: () => RunIndex;
}

interface Reading {
  readonly store: Store;
  readonly revision: number;
  readonly table: RunTable;
  readonly index: RunIndex;
}

/** Reads the table, and again only when the store has changed or is another one. */
export function runTableReader(store: () => Store): RunTableReader {
  let known: Reading | null = null;
  const read = (): Reading => {
    const present = store();
    const revision = present.revision();
    if (known?.store === present && known.revision === revision) return known;
    const table = present.runTable();
    known = { store: present, revision, table, index: indexRuns(table) };
    return known;
  };
  return { runTable: () => read().table, runIndex: () => read().index };
}
