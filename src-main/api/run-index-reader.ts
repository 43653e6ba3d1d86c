import { indexRuns, type RunIndex } from '../../src-shared/runs/run-index.ts';
import type { Store } from '../store/store.ts';

/** Reads every run with its cell, and again only when the store has changed or is another one. */
export function runIndexReader(store: () => Store): () => RunIndex {
  let known: { readonly store: Store; readonly revision: number; readonly index: RunIndex } | null = null;
  return () => {
    const present = store();
    const revision = present.revision();
    if (known?.store !== present || known.revision !== revision) {
      known = { store: present, revision, index: indexRuns(present.runTable()) };
    }
    return known.index;
  };
}
