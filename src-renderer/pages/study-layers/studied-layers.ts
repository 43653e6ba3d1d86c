import { storeToRefs } from 'pinia';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { KnownAnalysis } from '../../../src-shared/analysis/analysis-result.ts';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import {
  type CellTable,
  countedRuns,
  type MeasuredCell,
  settingKey,
} from '../../../src-shared/charts/cells/measured-cell.ts';
import { type ChartSource, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import type { FigureSource } from '../../../src-shared/runs/run-source.ts';
import { chooseRuns } from '../../../src-shared/runs/choose-runs.ts';
import { formatValue } from '../../../src-shared/runs/filter/format-filter.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { request } from '../../connection/request.ts';
import { type Loading, useLoading } from '../../stores/loading.ts';
import { useMethods } from '../../stores/methods.ts';
import { useRunTable } from '../../stores/run-table.ts';

/** What is known of the layers of a study's runs, as far as it is shown. */
export interface StudiedLayers {
  /** The cells of the study and their complete runs, one a seed. */
  readonly whole: ComputedRef<CellTable>;
  /** The settings that are held at one value, by path; the key of the value. */
  readonly held: Ref<Readonly<Record<string, string>>>;
  /** The cells that have the held values. */
  readonly table: ComputedRef<CellTable>;
  readonly known: ShallowRef<readonly KnownAnalysis[]>;
  /** Where a chart of some of the cells finds these, and where a figure finds their runs. */
  readonly sourceOfTable: (shown: CellTable) => ChartSource;
  readonly figureSourceOf: (cells: readonly MeasuredCell[]) => FigureSource;
  readonly index: ComputedRef<RunIndex>;
  readonly loading: Loading;
}

export function useStudiedLayers(study: () => string): StudiedLayers {
  const runTable = useRunTable();
  const { index } = storeToRefs(runTable);
  const methods = useMethods();
  const held = ref<Readonly<Record<string, string>>>({});

  const chosen = computed(() =>
    chooseRuns(index.value, runTable.cells.values(), { kind: 'study', study: study() }),
  );
  const whole = computed(() => cellTableOf(chosen.value, 'testAccuracy'));
  const runs = computed(() => countedRuns(whole.value));
  const table = computed((): CellTable => {
    const isShown = (cell: CellTable['cells'][number]): boolean =>
      Object.entries(held.value).every(([path, key]) => settingKey(cell.settings[path]) === key);
    const varying = whole.value.varying.filter(({ path }) => held.value[path] === undefined);
    return { ...whole.value, varying, cells: whole.value.cells.filter(isShown) };
  });
  const figureSourceOf = (shown: readonly MeasuredCell[]): FigureSource => {
    if (shown.length === whole.value.cells.length) return { kind: 'study', study: study() };
    const cells = shown.map(({ id }) => id).join(', ');
    return {
      kind: 'filter',
      filter: `study = ${formatValue(study(), true)} and asked = true and cell in (${cells})`,
    };
  };

  const known = shallowRef<readonly KnownAnalysis[]>([]);
  const loading = useLoading(async (isLatest) => {
    const asked = runs.value;
    const found = asked.length === 0 ? [] : await request('analysis.known', { runs: [...asked] });
    if (isLatest()) known.value = found;
  });
  watch(
    () => runs.value.join(),
    () => void loading.load(),
  );

  const sourceOfTable = (shown: CellTable): ChartSource => ({
    ...sourceOfRuns(chosen.value),
    ...{ methods: methods.methods, cells: () => shown },
  });

  return { ...{ whole, held, table, known, loading, index }, ...{ sourceOfTable, figureSourceOf } };
}
