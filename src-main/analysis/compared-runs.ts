import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import type { Store } from '../store/store.ts';

/** Runs that a run is compared with, and how the settings name them. */
export interface ComparedRuns {
  readonly peers: readonly string[];
  /** Ids separated by blanks, in the order in which they were added: `cells` and `seeds`. */
  readonly settings: AnalysisSettings;
}

/**
 * The complete runs of the same study with the same seed in the other cells, whose initial weights and order of images
 * are the same, and those of the same cell with other seeds: what differs between them is chance.
 */
export function comparedRuns(store: Store, id: string): ComparedRuns {
  const { study, cell, seed } = store.run(id);
  const others = store.runs({ study, states: ['complete'] }).filter((run) => run.id !== id);
  const cells = others.filter((run) => run.cell !== cell && run.seed === seed).map((run) => run.id);
  const seeds = others.filter((run) => run.cell === cell).map((run) => run.id);
  return { peers: [...cells, ...seeds], settings: { cells: cells.join(' '), seeds: seeds.join(' ') } };
}
