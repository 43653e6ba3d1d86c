import { storeToRefs } from 'pinia';
import { computed, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import type { FigureSource } from '../../../src-shared/figures/figure-specification.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import type { CellRow } from '../../../src-shared/runs/run-row.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { useSelection } from '../../stores/selection.ts';

/** What is compared: the runs of a study, or those that are selected. */
export interface Compared {
  readonly index: ComputedRef<RunIndex>;
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
  const rows = computed(() => {
    const visible = new Set(selection.visible);
    const belongs = ({ id, study: of }: { id: string; study: string }): boolean =>
      study.value === null ? visible.has(id) : of === study.value;
    return index.value.rows.flatMap((run, place) => (belongs(run) ? [place] : []));
  });
  const runs = computed(() => rows.value.flatMap((row) => index.value.rows[row]?.id ?? []));
  const cells = computed((): readonly CellRow[] =>
    study.value === null ? [] : [...runTable.cells.values()].filter((cell) => cell.study === study.value),
  );
  const table = computed(() => measureCells(index.value, rows.value, cells.value, metric.value));
  const source = computed((): FigureSource =>
    study.value === null ? { kind: 'runs', runs: [...runs.value] } : { kind: 'study', study: study.value },
  );
  return { index, rows, runs, metric, table, source };
}
