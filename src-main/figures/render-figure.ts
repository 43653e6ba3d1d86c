import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { chartOption, chartTable, type Chart } from '../../src-shared/charts/chart.ts';
import { type AnovaData, anovaData } from '../../src-shared/charts/anova/data.ts';
import { anovaTable } from '../../src-shared/charts/anova/table.ts';
import { measureCells } from '../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import type { ChartTable } from '../../src-shared/charts/chart-table.ts';
import type { FigureFormat } from '../../src-shared/contract/api/figures.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import {
  type FigureSpecification,
  isLayerChart,
  isTableChart,
  type TableChart,
} from '../../src-shared/figures/figure-specification.ts';
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
import { type FigureRuns, figureRuns } from './figure-runs.ts';
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
  const ids = runs.rows.flatMap((row) => setting.index.rows[row]?.id ?? []);
  const provenance = provenanceOf(specification, ids);
  return { file: await figureFile(setting, runs, provenance, format), runs: ids };
}

async function figureFile(
  { store, datasetOf, methods }: FigureSetting,
  runs: FigureRuns,
  provenance: FigureProvenance,
  format: FigureFormat,
): Promise<ExportedFile> {
  const { chart } = provenance.specification;
  if (isLayerChart(chart)) {
    if (format !== 'booktabs')
      return chartFile(gatherLayerChart(store, runs, chart, { methods, datasetOf }), provenance, format);
    throw new Problem('usage', 'A booktabs table is of cells, not of layers: ask for csv or json.');
  }
  const table = tableOf(runs, chart);
  if (chart.kind === 'anova') return anovaFile(anovaData(table, settingPaths(chart)), provenance, format);
  if (format === 'booktabs') return booktabsFile(booktabsTable(table), provenance);
  if (isTableChart(chart)) return dataFile(cellTable(table), provenance, format);
  return chartFile(gatherChart(store, runs, chart, datasetOf), provenance, format);
}

/** Curves have metrics of their own, and confusion has none; a table beside them is of the test accuracy. */
function tableOf({ index, rows, cells }: FigureRuns, chart: RunChart | TableChart): CellTable {
  const metric = 'metric' in chart && chart.kind !== 'curves' ? chart.metric : 'testAccuracy';
  return measureCells(index, rows, cells, metric);
}

function anovaFile(data: AnovaData, provenance: FigureProvenance, format: FigureFormat): ExportedFile {
  return format === 'booktabs'
    ? booktabsFile(booktabsAnova(data), provenance)
    : dataFile(anovaTable(data), provenance, format);
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
    const { specification, runs } = provenance;
    return textFile(`${name}.svg`, 'image/svg+xml', svgFigure(chart, specification, runs));
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
