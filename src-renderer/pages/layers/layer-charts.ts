import { computed, type ComputedRef } from 'vue';
import { methodOf } from '../../../src-shared/analysis/findings.ts';
import {
  CHART_KINDS,
  chartKind,
  chartWord,
  type FigureChart,
  figureChartSchema,
} from '../../../src-shared/charts/kinds/registry.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import type { ChartKind } from '../../../src-shared/charts/chart-kind.ts';
import { measureGroups } from '../../charts/field-choices.ts';
import { useChartChoice } from '../../charts/use-chart-choice.ts';
import { useMethods } from '../../stores/methods.ts';
import type { ShownLayers } from './shown-layers.ts';

/** Those of any measure of layers come first. */
const KINDS = CHART_KINDS.filter(({ ofLayers }) => ofLayers !== undefined).toSorted(
  (one, other) => Number(isOfMeasures(other)) - Number(isOfMeasures(one)),
);

function isOfMeasures({ scopes = [] }: ChartKind): boolean {
  return scopes.includes('layer');
}

export interface LayerCharts {
  /** Those that have something to show. */
  readonly charts: ComputedRef<readonly FigureChart[]>;
  readonly change: (chart: FigureChart) => void;
}

/** More cells than these are a thicket of lines. */
const MOST_LINES = 4;

/** A chart of many cells with a series for each value of a setting, where it says nothing else. */
export function withSeries(chart: FigureChart, table: CellTable): FigureChart {
  const said = Object.entries(chart).filter(([, value]) => value !== null);
  return figureChartSchema.parse({ ...begunWith(chartKind(chart), table), ...Object.fromEntries(said) });
}

/** The same chart of one cell: without what tells settings apart. */
export function withoutSettings(chart: FigureChart): FigureChart {
  const told = chartKind(chart).fields.filter(({ choices }) => choices === 'settings');
  return figureChartSchema.parse({ ...chart, ...Object.fromEntries(told.map(({ name }) => [name, null])) });
}

function begunWith(kind: ChartKind, { cells, varying }: CellTable): FigureChart {
  const paths = cells.length > MOST_LINES ? varying.map(({ path }) => path) : [];
  return figureChartSchema.parse({ kind: kind.name, ...kind.begin(paths) });
}

/**
 * The charts of layers with their settings, as far as these were changed kept in the address:
 * `&depth={"measure":"weight-ranks/stable-rank"}`.
 */
export function useLayerCharts({
  table,
  known,
  arriving,
}: Pick<ShownLayers, 'table' | 'known' | 'arriving'>): LayerCharts {
  const methods = useMethods();
  const names = computed(() => new Set([...known.value, ...arriving.value].map(({ method }) => method)));
  const isKnown = (chart: FigureChart, kind: ChartKind): boolean =>
    names.value.has(methodOf(kind.finding(chart) ?? ''));

  /** Of its usual measure, or of the first that is known. */
  function begun(kind: ChartKind): FigureChart {
    const usual = begunWith(kind, table.value);
    if (kind.scopes === undefined || isKnown(usual, kind)) return usual;
    const around = { methods: methods.methods, isKnown: (method: string) => names.value.has(method) };
    const measure = measureGroups(kind, '', around)[0]?.choices[0]?.key;
    return measure === undefined ? usual : figureChartSchema.parse({ ...usual, measure });
  }

  const all = KINDS.map((kind) => {
    const usual = computed(() => begun(kind));
    return { kind, chart: useChartChoice(chartWord(kind), () => usual.value) };
  });
  return {
    charts: computed(() =>
      all.filter(({ kind, chart }) => isKnown(chart.value, kind)).map(({ chart }) => chart.value),
    ),
    change(changed) {
      const own = all.find(({ kind }) => kind.name === changed.kind);
      if (own) own.chart.value = changed;
    },
  };
}
