import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { chartNotes, chartOption, chartTable, type Chart } from '../../src-shared/charts/chart.ts';
import { type AnovaData, anovaData } from '../../src-shared/charts/anova/data.ts';
import { anovaTable } from '../../src-shared/charts/anova/table.ts';
import { accountNotes } from '../../src-shared/charts/cells/account-notes.ts';
import { cellTableOf } from '../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import type { ChartTable } from '../../src-shared/charts/chart-table.ts';
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
import { csv } from '../exports/csv.ts';
import { type ExportedFile, textFile } from '../exports/exported-file.ts';
import type { Store } from '../store/store.ts';
import { booktabsAnova } from './booktabs-anova.ts';
import { booktabsTable } from './booktabs.ts';
import { cellTable } from './cell-table.ts';
import { drawPdf } from './draw-pdf.ts';
import { drawPng } from './draw-png.ts';
import { drawSvg } from './draw-svg.ts';
import { figureRuns, shownRuns } from './figure-runs.ts';
import {
  type DatasetOf,
  gatherChart,
  gatherLayerChart,
  type RunChart,
  settingPaths,
} from './gather-chart.ts';
import { paperStyle } from './paper-style.ts';
import { pgfplotsChart } from './pgfplots/chart.ts';
import { type FigureProvenance, provenanceText } from './provenance.ts';
import { figureTitle, provenanceOf, svgFigure } from './svg-figure.ts';

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

export interface RenderedFigure {
  readonly file: ExportedFile;
  /** Ids of the runs that it shows. */
  readonly runs: readonly string[];
  /** What it says besides its marks: above all which runs are left out, and why. */
  readonly notes: readonly string[];
}

/**
 * Draws a figure in one format.
 *
 * @throws Problem `usage` where the runs make no such figure, `not-found` for runs or a study that are not there.
 */
export async function renderFigure(
  setting: FigureSetting,
  specification: FigureSpecification,
  format: FigureFormat,
): Promise<RenderedFigure> {
  const runs = figureRuns(setting.store, setting.index, specification.source);
  const content = gather(setting, runs, specification.chart, format);
  const notes = notesOf(content);
  const provenance = provenanceOf(specification, shownRuns(runs), notes);
  return { file: await figureFile(content, provenance, format), runs: provenance.runs, notes };
}

/** What a file of a figure is made of. */
type FigureContent =
  | { readonly kind: 'cells'; readonly table: CellTable }
  | { readonly kind: 'anova'; readonly data: AnovaData }
  | { readonly kind: 'chart'; readonly chart: Chart };

function gather(
  { store, datasetOf, methods }: FigureSetting,
  runs: ChosenRuns,
  chart: FigureChart,
  format: FigureFormat,
): FigureContent {
  if (isLayerChart(chart)) {
    if (format !== 'booktabs')
      return { kind: 'chart', chart: gatherLayerChart(store, runs, chart, { methods, datasetOf }) };
    throw new Problem('usage', 'A booktabs table is of cells, not of layers: ask for csv or json.');
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

async function figureFile(
  content: FigureContent,
  provenance: FigureProvenance,
  format: FigureFormat,
): Promise<ExportedFile> {
  switch (content.kind) {
    case 'cells':
      return format === 'booktabs'
        ? booktabsFile(booktabsTable(content.table), provenance)
        : dataFile(cellTable(content.table), provenance, format);
    case 'anova':
      return format === 'booktabs'
        ? booktabsFile(booktabsAnova(content.data), provenance)
        : dataFile(anovaTable(content.data), provenance, format);
    case 'chart':
      if (format === 'booktabs') throw new Error('a chart is no table of cells');
      return chartFile(content.chart, provenance, format);
  }
}

/** Curves have metrics of their own, and confusion has none; a table beside them is of the test accuracy. */
function tableOf(runs: ChosenRuns, chart: RunChart | TableChart): CellTable {
  const metric = 'metric' in chart && chart.kind !== 'curves' ? chart.metric : 'testAccuracy';
  return cellTableOf(runs, metric);
}

function booktabsFile(text: string, provenance: FigureProvenance): ExportedFile {
  return textFile('table.tex', 'application/x-tex', `${comment(provenance)}${text}`);
}

function dataFile(
  table: ChartTable,
  provenance: FigureProvenance,
  format: Exclude<FigureFormat, 'booktabs'>,
): ExportedFile {
  const name = fileName(provenance);
  if (format === 'csv') return textFile(`${name}.csv`, 'text/csv', csv(table.columns, table.rows));
  if (format === 'json') {
    const text = JSON.stringify({ ...provenance, ...table }, null, 1);
    return textFile(`${name}.json`, 'application/json', `${text}\n`);
  }
  throw new Problem('usage', `A table cannot be drawn as ${format}: ask for booktabs, csv or json.`);
}

async function chartFile(
  chart: Chart,
  provenance: FigureProvenance,
  format: Exclude<FigureFormat, 'booktabs'>,
): Promise<ExportedFile> {
  const name = fileName(provenance);
  const { style } = provenance.specification;
  if (format === 'csv' || format === 'json') return dataFile(chartTable(chart), provenance, format);
  const paper = paperStyle(style);
  if (format === 'pgfplots') {
    return textFile(
      `${name}.tex`,
      'application/x-tex',
      `${comment(provenance)}${pgfplotsChart(chart, paper)}`,
    );
  }
  if (format === 'svg') {
    return textFile(`${name}.svg`, 'image/svg+xml', svgFigure(chart, provenance));
  }
  const svg = drawSvg(chartOption(chart, paper), paper);
  switch (format) {
    case 'pdf': {
      const bytes = await drawPdf(svg, paper, {
        title: figureTitle(provenance.specification),
        keywords: provenanceText(provenance),
      });
      return { fileName: `${name}.pdf`, mediaType: 'application/pdf', bytes };
    }
    case 'png': {
      const bytes = await drawPng(svg, style.dpi, provenanceText(provenance));
      return { fileName: `${name}.png`, mediaType: 'image/png', bytes };
    }
  }
}

/** Without its ending. */
function fileName({ specification }: FigureProvenance): string {
  return specification.chart.kind.replaceAll(' ', '-');
}

/** TeX passes over these lines. */
function comment(provenance: FigureProvenance): string {
  return `% ${provenanceText(provenance)}\n`;
}
