import { computed, type ComputedRef } from 'vue';
import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { cellWords } from '../network/cell-words.ts';
import { useNetworks } from '../stores/networks.ts';
import { useRunTable } from '../stores/run-table.ts';

/** A network that pictures can be shown to. */
export interface NetworkOption {
  /** Of a complete run or an imported network. */
  readonly id: string;
  readonly title: string;
}

/** Runs to choose from: a list of more is no help. */
export const MOST_RUNS = 100;

/** Complete runs by what their cells vary, imported networks by their names. */
export interface NetworkOptions {
  readonly ofRun: (run: RunRow) => NetworkOption;
  /** The complete ones among these that were trained here, the first hundred. */
  readonly ofRuns: (runs: readonly RunRow[]) => readonly NetworkOption[];
  readonly imported: ComputedRef<readonly NetworkOption[]>;
}

export function useNetworkOptions(): NetworkOptions {
  const table = useRunTable();
  const known = useNetworks();
  const ofRun = (run: RunRow): NetworkOption => {
    const cell = table.cellOf(run);
    const words = cell ? `${cellWords(cell)}, ` : '';
    return { id: run.id, title: `${words}seed ${run.seed} (${run.id})` };
  };
  return {
    ofRun,
    ofRuns: (runs) =>
      runs
        .filter(({ state, importedFrom }) => state === 'complete' && importedFrom === null)
        .slice(0, MOST_RUNS)
        .map(ofRun),
    imported: computed(() => known.networks.map(({ id, name }) => ({ id, title: name }))),
  };
}
