import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import { accountRuns, type Attempt } from '../../src-shared/runs/account.ts';
import { isAsked } from '../../src-shared/runs/asked.ts';
import type { Store } from '../store/store.ts';

/** Runs that a run is compared with, and how the settings name them. */
export interface ComparedRuns {
  readonly peers: readonly string[];
  /** Ids separated by blanks, in the order in which they were added: `cells`, `sameSeed` and `seeds`. */
  readonly settings: AnalysisSettings;
}

/**
 * The complete runs of the same study that its file asks for, one for each cell and seed:
 * - `cells`: of each other cell the run with the next seed (after the last the first), so that nothing random is shared,
 *   and each run of a cell is the partner of one run of the other where both have the same seeds;
 * - `seeds`: those of the same cell with other seeds, between which chance alone differs;
 * - `sameSeed`: those of the other cells with the same seed, whose initial weights (where layers have the same shape) and
 *   order of images are the same.
 */
export function comparedRuns(store: Store, id: string): ComparedRuns {
  const { study, cell, seed } = store.run(id);
  const cells = new Map(store.cellRows(study).map((row) => [row.id, row]));
  const others = accountRuns(store.attempts(study)).counted.filter((run) => {
    const row = cells.get(run.cell) ?? null;
    // of a cell that the file no longer names no seed is asked for; its own runs belong together all the same
    return run.id !== id && (isAsked(run, row) === true || (run.cell === cell && row?.asked === null));
  });
  const elsewhere = others.filter((run) => run.cell !== cell);
  const compared = {
    cells: [...Map.groupBy(elsewhere, (run) => run.cell).values()].flatMap((runs) => nextSeed(runs, seed)),
    sameSeed: elsewhere.filter((run) => run.seed === seed),
    seeds: others.filter((run) => run.cell === cell && run.seed !== seed),
  };
  const ids = Object.entries(compared).map(([name, runs]) => [name, runs.map((run) => run.id)] as const);
  return {
    peers: ids.flatMap(([, runs]) => runs),
    settings: Object.fromEntries(ids.map(([name, runs]) => [name, runs.join(' ')])),
  };
}

/** The run with the least seed above this one, else with the least of all; never with the same one. */
function nextSeed(runs: readonly Attempt[], seed: number): Attempt[] {
  const ordered = runs.filter((run) => run.seed !== seed).toSorted((one, other) => one.seed - other.seed);
  const found = ordered.find((run) => run.seed > seed) ?? ordered[0];
  return found === undefined ? [] : [found];
}
