import { computed, type ComputedRef } from 'vue';
import { counted } from '../../src-shared/counted.ts';
import { hasWeights } from '../../src-shared/runs/has-weights.ts';
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
  /** Those among these that have their weights here, the first hundred. */
  readonly ofRuns: (runs: readonly RunRow[]) => readonly NetworkOption[];
  /** How many others were opened from reports; a sentence, empty where there are none. */
  readonly elsewhere: (runs: readonly RunRow[]) => string;
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
    ofRuns: (runs) => runs.filter(hasWeights).slice(0, MOST_RUNS).map(ofRun),
    elsewhere: (runs) => {
      const { length } = runs.filter(
        (run) => run.openedFrom !== null && run.state === 'complete' && !hasWeights(run),
      );
      return length === 0
        ? ''
        : `${counted(length, 'run')} of opened reports cannot be chosen: the weights are where they were trained.`;
    },
    imported: computed(() => known.networks.map(({ id, name }) => ({ id, title: name }))),
  };
}
