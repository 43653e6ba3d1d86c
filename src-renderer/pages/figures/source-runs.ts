import type { FigureSource } from '../../../src-shared/runs/run-source.ts';
import { chooseRuns, type ChosenRuns } from '../../../src-shared/runs/choose-runs.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import type { CellRow } from '../../../src-shared/runs/run-row.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import { messageOf } from '../../connection/request.ts';

/** The runs that a source finds. */
export interface SourceRuns extends ChosenRuns {
  /** Why nothing can be found; empty where something can. */
  readonly problem: string;
}

/** @param source null finds nothing */
export function sourceRuns(
  index: RunIndex,
  cells: Iterable<CellRow>,
  source: FigureSource | null,
  imported: readonly NetworkRecord[],
): SourceRuns {
  const nothing = { index, rows: [], cells: [], aside: [], networks: [], missing: [] };
  try {
    return { ...(source ? chooseRuns(index, cells, source, imported) : nothing), problem: '' };
  } catch (error) {
    return { ...nothing, problem: messageOf(error) };
  }
}
