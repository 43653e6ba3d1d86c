import { type CurveMetric, curveMetrics } from '../../src-shared/metrics/metrics.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import type { Chart } from '../../src-shared/charts/chart.ts';
import { cellTableOf, numericColumn } from '../../src-shared/charts/cells/measure-cells.ts';
import { accountNotes } from '../../src-shared/charts/cells/account-notes.ts';
import { leftOutCells } from '../../src-shared/charts/cells/left-out-cells.ts';
import { settingsText } from '../../src-shared/charts/cells/measured-cell.ts';
import { runLabels } from '../../src-shared/charts/cells/run-labels.ts';
import { confusionData } from '../../src-shared/charts/confusion/data.ts';
import { costData } from '../../src-shared/charts/cost/data.ts';
import { chooseCurves } from '../../src-shared/charts/curves/choose-curves.ts';
import { curvesData, requireCurves } from '../../src-shared/charts/curves/data.ts';
import { differencesData } from '../../src-shared/charts/differences/data.ts';
import { factorData } from '../../src-shared/charts/factor/data.ts';
import { heatMapData } from '../../src-shared/charts/heat-map/data.ts';
import { LANDSCAPE_FILE, landscapeData } from '../../src-shared/charts/layers/landscape-data.ts';
import { findingsOf, layerChart } from '../../src-shared/charts/layers/layer-chart.ts';
import { parallelData } from '../../src-shared/charts/parallel/data.ts';
import type { Analysis, MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import type { FigureChart, LayerChart, TableChart } from '../../src-shared/figures/figure-specification.ts';
import type { NetworkContext } from '../../src-shared/networks/family.ts';
import type { ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import { resolveColumn } from '../../src-shared/runs/resolve-column.ts';
import { readAnalysisFile } from '../analysis/read-analysis-file.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import type { Store } from '../store/store.ts';

/** The charts of what the training left. */
export type RunChart = Exclude<FigureChart, LayerChart | TableChart>;

/** Null for a data set that is not there (any more). */
export type DatasetOf = (dataset: string) => Pick<DatasetDescription, 'classes' | 'shape'> | null;

/**
 * Gathers the data of a chart of what layers do.
 *
 * @param methods those that there are.
 * @throws Problem `usage` for a measure that there is not, or for runs that were not analysed.
 */
export function gatherLayerChart(
  store: Store,
  chosen: ChosenRuns,
  chart: LayerChart,
  { methods, datasetOf }: { readonly methods: readonly MethodDescription[]; readonly datasetOf: DatasetOf },
): Chart {
  const table = cellTableOf(chosen, 'testAccuracy');
  const runs = table.cells.flatMap(({ measured }) => measured.map(({ run }) => run));
  const analyses = store.analyses(runs, { findings: [findingsOf(chart)] });
  const imagesOf = (name: string): NetworkContext | null => {
    const dataset = datasetOf(name);
    return dataset && { input: dataset.shape, classes: dataset.classes.length };
  };
  const line = 'line' in chart && chart.line !== null ? { line: pathOf(chart.line) } : {};
  const x = 'x' in chart && chart.x !== null ? { x: pathOf(chart.x) } : {};
  if (chart.kind === 'landscape') {
    const planes = (analysis: Analysis): string =>
      readAnalysisFile(store, analysis, LANDSCAPE_FILE).bytes.toString('utf8');
    return {
      kind: 'factor',
      data: landscapeData(table, analyses, methods, { ...chart, ...line, planes }),
    };
  }
  return layerChart({ ...chart, ...x, ...line }, { table, analyses, methods, imagesOf });
}

/**
 * Gathers the data of a chart of what the training left.
 *
 * @throws Problem `usage` for a column that there is not, or for runs that make no such chart.
 */
export function gatherChart(store: Store, chosen: ChosenRuns, chart: RunChart, datasetOf: DatasetOf): Chart {
  const { index } = chosen;
  switch (chart.kind) {
    case 'curves': {
      const metric = curveMetric(chart.metric);
      const choice = chooseCurves(chosen, { ...chart, metric });
      const curves = store.curves(choice.runs, metric);
      const data = curvesData(index, curves, { ...chart, metric, choice });
      requireCurves(data);
      return { kind: chart.kind, data, look: chart };
    }
    case 'heat map': {
      const settings = { ...chart, ...settingPaths(chart) };
      return {
        kind: chart.kind,
        data: heatMapData(cellTableOf(chosen, chart.metric), settings),
      };
    }
    case 'factor': {
      const settings = { x: pathOf(chart.x), line: chart.line === null ? null : pathOf(chart.line) };
      return { kind: chart.kind, data: factorData(cellTableOf(chosen, chart.metric), settings) };
    }
    case 'cost': {
      const table = cellTableOf(chosen, chart.metric);
      const data = costData(index, table, numericColumn(chart.cost), chart.front ? undefined : 0);
      return { kind: chart.kind, data, look: chart };
    }
    case 'parallel':
      return { kind: chart.kind, data: parallelData(chosen, chart) };
    case 'differences':
      return {
        kind: chart.kind,
        data: differencesData(cellTableOf(chosen, chart.metric), chart.baseline),
      };
    case 'confusion':
      return { kind: chart.kind, data: confusion(store, chosen, chart.perRun, datasetOf) };
  }
}

function confusion(
  store: Store,
  chosen: ChosenRuns,
  perRun: boolean,
  datasetOf: DatasetOf,
): ReturnType<typeof confusionData> {
  const { index } = chosen;
  const table = cellTableOf(chosen, 'testAccuracy');
  const ids = new Set(table.cells.flatMap(({ measured }) => measured.map(({ run }) => run)));
  const counted = chosen.rows.filter((row) => ids.has(index.rows[row]?.id ?? ''));
  const datasets = new Set(counted.map((row) => index.rows[row]?.dataset ?? ''));
  const [dataset = ''] = datasets;
  if (datasets.size > 1) {
    throw new Problem(
      'usage',
      `These runs are of several data sets (${[...datasets].join(', ')}): choose runs of one data set.`,
    );
  }
  const runs = runLabels(index, counted);
  const labels = new Map(table.cells.map((cell) => [cell.id, settingsText(table.varying, cell.settings)]));
  const sources = counted.flatMap((row) => {
    const run = index.rows[row];
    const counts = run && store.confusion(run.id)?.counts;
    if (!run || !counts) return [];
    const label = (perRun ? runs.get(run.id) : labels.get(run.cell)) ?? run.id;
    return [{ run: run.id, label, counts }];
  });
  return confusionData(datasetOf(dataset)?.classes ?? [], sources, {
    ...{ leftOut: leftOutCells(table), notes: accountNotes(table) },
  });
}

/** The whole paths of two settings that may be given by their short names. */
export function settingPaths({ x, y }: { readonly x: string; readonly y: string }): { x: string; y: string } {
  return { x: pathOf(x), y: pathOf(y) };
}

/** The whole path of a setting that may be given by its short name, e.g. `network.sr` for `sr`. */
function pathOf(name: string): string {
  return resolveColumn(name)?.key ?? name;
}

function curveMetric(name: string): CurveMetric {
  const metric = curveMetrics.find((known) => known === name);
  if (metric) return metric;
  throw new Problem(
    'usage',
    `There are no curves of ${JSON.stringify(name)}; available: ${curveMetrics.join(', ')}.`,
  );
}
