import { storeToRefs } from 'pinia';
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { AnalysisSettings, KnownAnalysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { ArrivingAnalysis } from '../../../src-shared/analysis/arriving.ts';
import { methodOf } from '../../../src-shared/analysis/findings.ts';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import {
  type CellTable,
  countedRuns,
  type MeasuredCell,
  settingKey,
} from '../../../src-shared/charts/cells/measured-cell.ts';
import { type ChartSource, sourceOfCells, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { chartKind, type FigureChart } from '../../../src-shared/charts/kinds/registry.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import { chooseRuns } from '../../../src-shared/runs/choose-runs.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { type FigureSource, sourceOfStudyCells } from '../../../src-shared/runs/run-source.ts';
import { useSelectedRuns } from '../../charts/use-selected-runs.ts';
import { useSwitch, useTexts } from '../../components/use-query.ts';
import { request } from '../../connection/request.ts';
import type { RunAnalyses } from '../../layers/use-run-analyses.ts';
import { useLoading } from '../../stores/loading.ts';
import { useMethods } from '../../stores/methods.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { useArrivingHere } from './arriving-here.ts';

/** What charts of layers are drawn from: the networks of a study, of a cell, or one. */
export interface ShownLayers {
  /** The cells that are shown and their complete runs, one a seed; none for an imported network. */
  readonly table: ComputedRef<CellTable>;
  /** All that can have results here: ids of runs, or of the network. */
  readonly ids: ComputedRef<readonly string[]>;
  readonly known: Readonly<Ref<readonly KnownAnalysis[]>>;
  /** What is being computed of them, as far as it is there. */
  readonly arriving: ComputedRef<readonly ArrivingAnalysis[]>;
  /** Runs that are selected, which all charts show and take; null where there is only one. */
  readonly selected: ComputedRef<ReadonlySet<string> | null>;
  /** Where a chart of some of the cells finds these, and where a figure finds their runs. */
  readonly sourceOf: (cells: readonly MeasuredCell[]) => ChartSource;
  readonly figureSourceOf: (cells: readonly MeasuredCell[]) => FigureSource;
  /** Only the analyses that are chosen among several by one method. */
  readonly chosen: (source: ChartSource) => ChartSource;
  /** The settings by which a figure finds these. */
  readonly analysedBy: (chart: FigureChart) => AnalysisSettings;
  readonly index: Readonly<Ref<RunIndex>>;
}

export interface StudiedLayers extends ShownLayers {
  readonly selected: ComputedRef<ReadonlySet<string>>;
  /** Whether the cells of selected runs alone are shown, with all their seeds. */
  readonly only: Ref<boolean>;
  /** With all cells. */
  readonly whole: ComputedRef<CellTable>;
  /** The settings that are held at one value, by path; the key of the value. */
  readonly held: ComputedRef<Readonly<Record<string, string>>>;
  readonly hold: (path: string, key: string) => void;
  readonly pending: Ref<boolean>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
}

/** @param cell of the study; all of them if empty */
export function useStudiedLayers(study: () => string, cell: () => string): StudiedLayers {
  const runTable = useRunTable();
  const { index } = storeToRefs(runTable);
  const methods = useMethods();
  const held = useTexts('at');

  const source = computed((): ChartSource => {
    const chosen = chooseRuns(index.value, runTable.cells.values(), { kind: 'study', study: study() });
    const all = { ...sourceOfRuns(chosen), methods: methods.methods };
    return cell() === '' ? all : sourceOfCells(all, new Set([cell()]));
  });
  const whole = computed(() => source.value.cells('testAccuracy'));
  const ids = computed(() => countedRuns(whole.value));
  const selected = useSelectedRuns(() => ids.value);
  const only = useSwitch('only', false);
  const table = computed((): CellTable => {
    const narrows = only.value && selected.value.size > 0;
    const isShown = ({ settings, measured }: MeasuredCell): boolean =>
      Object.entries(held.value).every(([path, key]) => settingKey(settings[path]) === key) &&
      (!narrows || measured.some(({ run }) => selected.value.has(run)));
    const varying = whole.value.varying.filter(({ path }) => held.value[path] === undefined);
    return { ...whole.value, varying, cells: whole.value.cells.filter(isShown) };
  });
  const figureSourceOf = (shown: readonly MeasuredCell[]): FigureSource => {
    if (cell() === '' && shown.length === whole.value.cells.length) return { kind: 'study', study: study() };
    return sourceOfStudyCells(
      study(),
      shown.map(({ id }) => id),
    );
  };

  const known = shallowRef<readonly KnownAnalysis[]>([]);
  const { pending, problem, load } = useLoading(async (isLatest) => {
    const asked = ids.value;
    const found = asked.length === 0 ? [] : await request('analysis.known', { runs: [...asked] });
    if (isLatest()) known.value = found;
  });
  watch(
    () => ids.value.join(),
    () => void load(),
  );
  return {
    ...{ whole, held, table, ids, known, index, figureSourceOf, pending, problem, load },
    ...{ selected, only },
    arriving: useArrivingHere(
      () => ids.value,
      () => known.value,
    ),
    hold: (path, key) => (held.value = { ...held.value, [path]: key }),
    sourceOf: (cells) => ({ ...source.value, cells: () => ({ ...table.value, cells }) }),
    chosen: (from) => from,
    analysedBy: () => ({}),
  };
}

/** The layers of one run or imported network. @param analyses what is known of it, and which of these are chosen */
export function useNetworkLayers(
  id: () => string,
  network: () => NetworkRecord | null,
  { analyses, tellingSettings }: RunAnalyses,
): ShownLayers {
  const runTable = useRunTable();
  const { index } = storeToRefs(runTable);
  const methods = useMethods();
  const source = computed((): ChartSource => {
    const imported = network();
    const from: FigureSource = { kind: 'runs', runs: [id()] };
    const chosen = chooseRuns(index.value, runTable.cells.values(), from, imported ? [imported] : []);
    return { ...sourceOfRuns(chosen), methods: methods.methods };
  });
  return {
    table: computed(() => cellTableOf(source.value.chosen, 'testAccuracy')),
    ids: computed(() => [id()]),
    known: analyses,
    selected: computed(() => null),
    arriving: useArrivingHere(
      () => [id()],
      () => analyses.value,
    ),
    index,
    sourceOf: () => source.value,
    figureSourceOf: () => ({ kind: 'runs', runs: [id()] }),
    chosen: (from) => ({
      ...from,
      analyses: (runs, finding, which) =>
        which?.overTraining
          ? from.analyses(runs, finding, which)
          : analyses.value.filter(({ method }) => method === methodOf(finding)),
    }),
    analysedBy: (chart) => {
      const method = methodOf(chartKind(chart).finding(chart) ?? '');
      const analysis = analyses.value.find((each) => each.method === method);
      return analysis ? tellingSettings(analysis) : {};
    },
  };
}
