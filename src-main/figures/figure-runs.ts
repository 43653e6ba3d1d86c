import type { FigureSource } from '../../src-shared/figures/figure-specification.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { queryRuns } from '../../src-shared/runs/query-runs.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import type { CellRow } from '../../src-shared/runs/run-row.ts';
import type { Store } from '../store/store.ts';

/** The runs that a figure is about. */
export interface FigureRuns {
  readonly index: RunIndex;
  /** Indices of the runs. */
  readonly rows: readonly number[];
  /** Their cells; of a study all cells, those without runs included. */
  readonly cells: readonly CellRow[];
}

/**
 * Finds the runs of a figure.
 *
 * @param index every run of the store.
 * @throws Problem `not-found` for a study or run that is not there, `usage` for a filter that is not understood or that
 * finds nothing.
 */
export function figureRuns(store: Store, index: RunIndex, source: FigureSource): FigureRuns {
  const rows = rowsOf(store, index, source);
  if (source.kind === 'study') {
    const cells = store.cells(source.study).map((cell): CellRow => ({ study: source.study, ...cell }));
    const known = new Set(cells.map(({ id }) => id));
    // Runs of cells that the study no longer has are not part of it.
    return { index, cells, rows: rows.filter((row) => known.has(index.rows[row]?.cell ?? '')) };
  }
  if (rows.length === 0) throw new Problem('usage', 'No run passes the filter of the figure.');
  const cells = new Map(rows.flatMap((row) => index.cells[row] ?? []).map((cell) => [cell.id, cell]));
  return { index, rows, cells: [...cells.values()] };
}

function rowsOf(store: Store, index: RunIndex, source: FigureSource): readonly number[] {
  const all = [...index.rows.keys()];
  switch (source.kind) {
    case 'study': {
      const { name } = store.study(source.study);
      return all.filter((row) => index.rows[row]?.study === name);
    }
    case 'filter':
      return queryRuns(index, { filter: source.filter, sort: [], groupBy: [], summarize: [] }).rows;
    case 'runs': {
      const wanted = new Set(source.runs);
      const rows = all.filter((row) => wanted.has(index.rows[row]?.id ?? ''));
      const found = new Set(rows.map((row) => index.rows[row]?.id));
      const missing = source.runs.filter((run) => !found.has(run));
      if (missing.length === 0) return rows;
      throw new Problem(
        'not-found',
        `${missing.length} of the figure's runs are not in the store (any more): ${missing.slice(0, 5).join(', ')}.`,
      );
    }
  }
}
