import { assertNever } from '../assert-never.ts';
import type { NetworkRecord } from '../networks/network-record.ts';
import { type FigureSource, networksAsked } from './run-source.ts';
import { isUnasked } from './asked.ts';
import { queryRuns } from './query-runs.ts';
import type { RunIndex } from './run-index.ts';
import type { CellRow } from './run-row.ts';

/** The runs that charts and tables are about. */
export interface ChosenRuns {
  readonly index: RunIndex;
  /** Indices of the runs, in the order in which they were added. */
  readonly rows: readonly number[];
  /** Of a study the cells that its file names, in its order, each expected to have the seeds that the file asks for. */
  readonly cells: readonly CellRow[];
  /** Of a study the runs of cells and seeds that its file does not name (any more): they are told of, and do not count. */
  readonly aside: readonly number[];
  /** Imported networks that are shown beside the runs, or alone. */
  readonly networks: readonly NetworkRecord[];
  /** Ids that were chosen and that are not there (any more). */
  readonly missing: readonly string[];
}

/**
 * Finds the runs of a source. A study answers for its file; a filter, or ids, find whatever is in the store.
 *
 * @param cells those of the study at least.
 * @param imported all networks that were trained elsewhere, as far as they may be asked for
 * @throws Problem `usage` for a filter that is not understood
 */
export function chooseRuns(
  index: RunIndex,
  cells: Iterable<CellRow>,
  source: FigureSource,
  imported: readonly NetworkRecord[] = [],
): ChosenRuns {
  const asked = networksAsked(source);
  const networks = imported.filter(({ id }) => asked.includes(id));
  const isKnown = (id: string): boolean => networks.some((network) => network.id === id);
  const missing = asked.filter((id) => !isKnown(id));
  const chosen = { index, cells: [], aside: [], networks, missing };
  switch (source.kind) {
    case 'study': {
      const own = index.ofStudy(source.study);
      return {
        ...chosen,
        rows: own.filter((row) => !isUnasked(index, row)),
        cells: [...cells].filter(({ study, asked }) => study === source.study && asked !== null),
        aside: own.filter((row) => isUnasked(index, row)),
      };
    }
    case 'filter': {
      const query = { filter: source.filter, sort: [], groupBy: [], summarize: [] };
      return { ...chosen, rows: queryRuns(index, query).rows };
    }
    case 'runs': {
      const wanted = new Set(source.runs);
      const rows = [...index.rows.keys()].filter((row) => wanted.has(index.rows[row]?.id ?? ''));
      const found = new Set(rows.map((row) => index.rows[row]?.id));
      return { ...chosen, rows, missing: missing.filter((id) => !found.has(id)) };
    }
    default:
      return assertNever(source);
  }
}

/** Those of the runs that belong to some of the cells. @param ids of these cells */
export function runsOfCells(chosen: ChosenRuns, ids: ReadonlySet<string>): ChosenRuns {
  return {
    ...chosen,
    rows: chosen.rows.filter((row) => ids.has(chosen.index.rows[row]?.cell ?? '')),
    cells: chosen.cells.filter(({ id }) => ids.has(id)),
  };
}
