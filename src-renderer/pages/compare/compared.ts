import { storeToRefs } from 'pinia';
import { computed, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import { rankedCells, type RankedCells } from '../../../src-shared/charts/cells/best-cell.ts';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import type { FigureSource } from '../../../src-shared/runs/run-source.ts';
import { chooseRuns, type ChosenRuns, runsOfCells } from '../../../src-shared/runs/choose-runs.ts';
import { formatValue } from '../../../src-shared/runs/filter/format-filter.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { useSelection } from '../../stores/selection.ts';

/** What is compared: the runs of a study, or those that are selected. */
export interface Compared {
  readonly index: ComputedRef<RunIndex>;
  readonly chosen: ComputedRef<ChosenRuns>;
  /** Places of the runs in the index. */
  readonly rows: ComputedRef<readonly number[]>;
  readonly metric: Ref<string>;
  readonly table: ComputedRef<CellTable>;
  /** The cells that have a value, and by what they are ordered. */
  readonly ranked: ComputedRef<RankedCells>;
  readonly source: ComputedRef<FigureSource>;
  /** The runs of so many cells, the best first and those without a value last. */
  readonly bestOf: (count: number) => ChosenRuns;
  /** Where a figure finds the runs of some of the cells. */
  readonly sourceOf: (some: ChosenRuns) => FigureSource;
}

export const COMPARED: InjectionKey<Compared> = Symbol('compared');

/** @param study name, or null for the selection (without its hidden runs). */
export function useCompared(study: Ref<string | null>, metric: Ref<string>): Compared {
  const runTable = useRunTable();
  const { index } = storeToRefs(runTable);
  const selection = useSelection();
  const source = computed((): FigureSource =>
    study.value === null
      ? { kind: 'runs', runs: [...selection.visible] }
      : { kind: 'study', study: study.value },
  );
  const chosen = computed(() => chooseRuns(index.value, runTable.cells.values(), source.value));
  const rows = computed(() => chosen.value.rows);
  const table = computed(() => cellTableOf(chosen.value, metric.value));
  const ranked = computed(() => rankedCells(table.value));
  const ordered = computed(() => {
    const first = new Set(ranked.value.cells);
    return [...first, ...table.value.cells.filter((cell) => !first.has(cell))];
  });

  function bestOf(count: number): ChosenRuns {
    if (ordered.value.length <= count) return chosen.value;
    return runsOfCells(chosen.value, new Set(ordered.value.slice(0, count).map(({ id }) => id)));
  }

  function sourceOf(some: ChosenRuns): FigureSource {
    if (some === chosen.value) return source.value;
    if (study.value === null)
      return { kind: 'runs', runs: runsAt(index.value, some.rows).map(({ id }) => id) };
    const cells = some.cells.map(({ id }) => id).join(', ');
    return {
      kind: 'filter',
      filter: `study = ${formatValue(study.value, true)} and asked = true and cell in (${cells})`,
    };
  }

  return { index, chosen, rows, metric, table, ranked, source, bestOf, sourceOf };
}
