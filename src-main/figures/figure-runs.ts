import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { FigureSource } from '../../src-shared/runs/run-source.ts';
import { chooseRuns, type ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import type { Store } from '../store/store.ts';

/**
 * Finds the runs of a figure.
 *
 * @param index every run of the store, or of the study.
 * @throws Problem `not-found` for a study or run that is not there, `usage` for a filter that is not understood or that
 * finds nothing.
 */
export function figureRuns(store: Store, index: RunIndex, source: FigureSource): ChosenRuns {
  const cells = source.kind === 'study' ? store.cellRows(store.study(source.study).name) : [];
  const chosen = chooseRuns(index, cells, source, store.networks());
  const { rows, missing } = chosen;
  if (missing.length > 0) {
    throw new Problem(
      'not-found',
      `${missing.length} of the figure's runs and networks are no longer in the store: ${missing.slice(0, 5).join(', ')}.`,
    );
  }
  if (source.kind === 'filter' && rows.length === 0)
    throw new Problem('usage', 'No run matches the filter of the figure.');
  return chosen;
}

/** Ids of the runs and imported networks that are shown. */
export function shownRuns({ index, rows, networks }: ChosenRuns): string[] {
  return [...rows.flatMap((row) => index.rows[row]?.id ?? []), ...networks.map(({ id }) => id)];
}
