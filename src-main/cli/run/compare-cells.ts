import {
  accuracyDifference,
  type AccuracyDifference,
} from '../../../src-shared/analysis/accuracy-difference.ts';
import type { SubjectData } from '../../analysis/specify-subject.ts';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import { type MeasuredCell, settingsText } from '../../../src-shared/charts/cells/measured-cell.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { indexRuns, type RunIndex } from '../../../src-shared/runs/run-index.ts';
import { figureRuns } from '../../figures/figure-runs.ts';
import type { Store } from '../../store/store.ts';
import { computeOutcomes } from '../outcomes/compute-outcomes.ts';

export interface ComparedCells {
  /** By the settings that vary; those of several studies also by their study. */
  readonly names: readonly [first: string, second: string];
  readonly runs: readonly [first: readonly string[], second: readonly string[]];
  readonly difference: AccuracyDifference;
}

interface CellOfRun {
  readonly study: string;
  /** With its runs that count. */
  readonly cell: MeasuredCell;
  readonly label: string;
}

/** The cells of two runs. @throws Problem `usage` where they are none that can be compared */
export function cellsOfRuns(store: Store, ids: readonly [string, string]): readonly [CellOfRun, CellOfRun] {
  const index = indexRuns(store.runTable());
  const [one, other] = [cellOf(store, index, ids[0]), cellOf(store, index, ids[1])];
  if (one.cell.id === other.cell.id && one.study === other.study)
    throw new Problem('usage', `${ids.join(' and ')} are runs of one cell: name runs of two.`);
  return [one, other];
}

/**
 * Compares two cells over all their seeds; what runs predict is computed where the store does not have it.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function compareCells(
  store: Store,
  [one, other]: readonly [CellOfRun, CellOfRun],
  data: SubjectData['data'],
): Promise<ComparedCells> {
  const runs = [one, other].map(({ cell }) => cell.measured);
  const all = await computeOutcomes(
    store,
    runs.flat().map(({ run }) => run),
    { command: 'run changes', data },
  );
  const byRun = new Map(all.map((outcomes) => [outcomes.network, outcomes]));
  const [first = [], second = []] = runs.map((side) =>
    side.flatMap(({ run, seed }) => {
      const outcomes = byRun.get(run);
      return outcomes ? [{ seed, outcomes }] : [];
    }),
  );
  const named = (side: CellOfRun): string =>
    one.study === other.study ? side.label : `${side.study}: ${side.label}`;
  return {
    names: [named(one), named(other)],
    runs: [first.map(({ outcomes }) => outcomes.network), second.map(({ outcomes }) => outcomes.network)],
    difference: accuracyDifference(first, second),
  };
}

/** @throws Problem `usage` */
function cellOf(store: Store, index: RunIndex, id: string): CellOfRun {
  if (store.findNetwork(id) !== null)
    throw new Problem('usage', `--cells: ${id} is an imported network, which is in no cell.`);
  const { study } = store.run(id);
  const chosen = figureRuns(store, index, { kind: 'study', study });
  const { cells, varying } = cellTableOf(chosen, 'testAccuracy');
  const cell = cells.find(({ measured }) => measured.some(({ run }) => run === id));
  if (!cell)
    throw new Problem(
      'usage',
      `--cells: ${id} does not count in a cell of the study ${study}: it is not complete, or its cell or seed is not in the study file.`,
    );
  return { study, cell, label: settingsText(varying, cell.settings) || 'the only cell' };
}
