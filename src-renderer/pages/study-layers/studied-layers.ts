import { storeToRefs } from 'pinia';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Analysis, KnownAnalysis } from '../../../src-shared/analysis/analysis-result.ts';
import { methodOf } from '../../../src-shared/analysis/findings.ts';
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
import { useDatasets } from '../../network/use-datasets.ts';
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
  /** Where a figure finds the runs of some of these cells. */
  readonly sourceOf: (cells: readonly MeasuredCell[]) => FigureSource;
  readonly known: ShallowRef<readonly KnownAnalysis[]>;
  readonly analyses: ShallowRef<readonly Analysis[]>;
  /** Whether something that is known and shown is still being loaded. */
  readonly isBehind: ComputedRef<boolean>;
  /** Where a chart of some of the cells gathers its data. */
  readonly sourceOfCells: (shown: CellTable) => ChartSource;
  readonly index: ComputedRef<RunIndex>;
  readonly loading: Loading;
  readonly analysesLoading: Loading;
}

/** @param findings what is shown, of methods or of single measures; they are loaded when they are needed. */
export function useStudiedLayers(study: () => string, findings: () => readonly string[]): StudiedLayers {
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
  const sourceOf = (shown: readonly MeasuredCell[]): FigureSource => {
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

  const analyses = shallowRef<readonly Analysis[]>([]);
  const wanted = computed(() =>
    [...new Set(findings())].filter((each) => known.value.some(({ method }) => method === methodOf(each))),
  );
  const answered = shallowRef<readonly string[]>([]);
  const analysesLoading = useLoading(async (isLatest) => {
    const asked = { runs: [...runs.value], findings: wanted.value };
    const isNothing = asked.runs.length === 0 || asked.findings.length === 0;
    const found = isNothing ? [] : await request('analysis.results', asked);
    if (!isLatest()) return;
    analyses.value = found;
    answered.value = asked.findings;
  });
  const isBehind = computed(
    () => analysesLoading.problem.value === '' && wanted.value.some((each) => !answered.value.includes(each)),
  );
  watch([wanted, known], () => void analysesLoading.load());

  const { datasets } = useDatasets();
  const sourceOfCells = (shown: CellTable): ChartSource => {
    const [found, sets] = [analyses.value, datasets.value];
    return {
      ...sourceOfRuns(chosen.value),
      methods: methods.methods,
      cells: () => shown,
      analyses: () => found,
      dataset: (name) => {
        const set = sets.find((each) => each.name === name);
        if (!set?.shape) return null;
        return { classes: set.classes, images: { input: set.shape, classes: set.classes.length } };
      },
    };
  };

  return {
    ...{ whole, held, table, sourceOf, sourceOfCells, index },
    ...{ known, analyses, isBehind, loading, analysesLoading },
  };
}
