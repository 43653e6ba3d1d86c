import { storeToRefs } from 'pinia';
import { computed, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import type { FigureSource } from '../../../src-shared/figures/figure-specification.ts';
import { chooseRuns, type ChosenRuns } from '../../../src-shared/runs/choose-runs.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { useSelection } from '../../stores/selection.ts';

/** What is compared: the runs of a study, or those that are selected. */
export interface Compared {
  readonly index: ComputedRef<RunIndex>;
  readonly chosen: ComputedRef<ChosenRuns>;
  /** Places of the runs in the index. */
  readonly rows: ComputedRef<readonly number[]>;
  readonly runs: ComputedRef<readonly string[]>;
  readonly metric: Ref<string>;
  readonly table: ComputedRef<CellTable>;
  readonly source: ComputedRef<FigureSource>;
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
  const runs = computed(() => rows.value.flatMap((row) => index.value.rows[row]?.id ?? []));
  const table = computed(() => cellTableOf(chosen.value, metric.value));
  return { index, chosen, rows, runs, metric, table, source };
}
