import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { chartNotes } from '../../src-shared/charts/chart.ts';
import { anovaData } from '../../src-shared/charts/anova/data.ts';
import { anovaTable } from '../../src-shared/charts/anova/table.ts';
import { accountNotes } from '../../src-shared/charts/cells/account-notes.ts';
import { cellTableOf } from '../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import type { FigureFormat } from '../../src-shared/contract/api/figures.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import {
  type FigureChart,
  type FigureSpecification,
  isLayerChart,
  isTableChart,
  type TableChart,
} from '../../src-shared/figures/figure-specification.ts';
import type { ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import type { Store } from '../store/store.ts';
import { type FigureContent, type FigureFiles, figureFiles } from './figure-files.ts';
import { figureRuns, shownRuns } from './figure-runs.ts';
import {
  type DatasetOf,
  gatherChart,
  gatherLayerChart,
  type RunChart,
  settingPaths,
} from './gather-chart.ts';
import { provenanceOf } from './svg-figure.ts';

/** What a figure is drawn from. */
export interface FigureSetting {
  readonly store: Store;
  /** Every run of the store. */
  readonly index: RunIndex;
  /** Null for a data set that is not there (any more). */
  readonly datasetOf: DatasetOf;
  /** What layers can be asked. */
  readonly methods: readonly MethodDescription[];
}

export interface RenderedFigure extends FigureFiles {
  /** Ids of the runs that it shows. */
  readonly runs: readonly string[];
  /** What it says besides its marks: above all which runs are left out, and why. */
  readonly notes: readonly string[];
}

/**
 * Draws a figure in one format.
 *
 * @param name of its file, without the ending.
 * @throws Problem `usage` where the runs make no such figure, `not-found` for runs or a study that are not there.
 */
export async function renderFigure(
  setting: FigureSetting,
  specification: FigureSpecification,
  format: FigureFormat,
  name = specification.chart.kind.replaceAll(' ', '-'),
): Promise<RenderedFigure> {
  const runs = figureRuns(setting.store, setting.index, specification.source);
  const content = gather(setting, runs, specification.chart, format);
  const notes = notesOf(content);
  const provenance = provenanceOf(specification, shownRuns(runs), notes);
  return { ...(await figureFiles(content, provenance, { format, name })), runs: provenance.runs, notes };
}

function gather(
  { store, datasetOf, methods }: FigureSetting,
  runs: ChosenRuns,
  chart: FigureChart,
  format: FigureFormat,
): FigureContent {
  if (isLayerChart(chart)) {
    if (format !== 'booktabs')
      return { kind: 'chart', chart: gatherLayerChart(store, runs, chart, { methods, datasetOf }) };
    throw new Problem('usage', 'A booktabs table shows cells, not layers: use csv or json.');
  }
  if (chart.kind === 'anova')
    return { kind: 'anova', data: anovaData(tableOf(runs, chart), settingPaths(chart)) };
  if (format === 'booktabs' || isTableChart(chart)) return { kind: 'cells', table: tableOf(runs, chart) };
  return { kind: 'chart', chart: gatherChart(store, runs, chart, datasetOf) };
}

function notesOf(content: FigureContent): readonly string[] {
  switch (content.kind) {
    case 'cells':
      return accountNotes(content.table);
    case 'anova':
      return anovaTable(content.data).notes ?? [];
    case 'chart':
      return chartNotes(content.chart);
  }
}

/** Curves have metrics of their own, and confusion has none; a table beside them is of the test accuracy. */
function tableOf(runs: ChosenRuns, chart: RunChart | TableChart): CellTable {
  const metric = 'metric' in chart && chart.kind !== 'curves' ? chart.metric : 'testAccuracy';
  return cellTableOf(runs, metric);
}
