import { chartOption, chartTable, type Chart } from '../../src-shared/charts/chart.ts';
import { measureCells } from '../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import type { FigureFormat } from '../../src-shared/contract/api/figures.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import type { FigureSpecification } from '../../src-shared/figures/figure-specification.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import { csv } from '../exports/csv.ts';
import { type ExportedFile, textFile } from '../exports/exported-file.ts';
import type { Store } from '../store/store.ts';
import { booktabsTable } from './booktabs.ts';
import { cellTable } from './cell-table.ts';
import { drawPdf } from './draw-pdf.ts';
import { drawPng } from './draw-png.ts';
import { drawSvg } from './draw-svg.ts';
import { type FigureRuns, figureRuns } from './figure-runs.ts';
import { gatherChart } from './gather-chart.ts';
import { paperStyle } from './paper-style.ts';
import { pgfplotsChart } from './pgfplots/chart.ts';
import { type FigureProvenance, provenanceText } from './provenance.ts';
import { figureTitle, provenanceOf, svgFigure } from './svg-figure.ts';

/** What a figure is drawn from. */
export interface FigureSetting {
  readonly store: Store;
  /** Every run of the store. */
  readonly index: RunIndex;
  /** Names of a data set's classes; empty where they are not known any more. */
  readonly classesOf: (dataset: string) => readonly string[];
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
  const { chart } = specification;
  const file =
    format === 'booktabs'
      ? tableFile(measured(runs, 'metric' in chart ? chart.metric : 'testAccuracy', chart.kind), provenance)
      : chart.kind === 'table'
        ? dataFile(cellTable(measured(runs, chart.metric, chart.kind)), 'table', provenance, format)
        : await chartFile(gatherChart(setting.store, runs, chart, setting.classesOf), provenance, format);
  return { file, runs: ids };
}

/** Curves have metrics of their own; a table beside them is of the test accuracy. */
function measured({ index, rows, cells }: FigureRuns, metric: string, kind: string): CellTable {
  return measureCells(index, rows, cells, kind === 'curves' ? 'testAccuracy' : metric);
}

function tableFile(table: CellTable, provenance: FigureProvenance): ExportedFile {
  return textFile('table.tex', 'application/x-tex', `${comment(provenance)}${booktabsTable(table)}`);
}

function dataFile(
  table: ReturnType<typeof chartTable>,
  name: string,
  provenance: FigureProvenance,
  format: Exclude<FigureFormat, 'booktabs'>,
): ExportedFile {
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
  const name = chart.kind.replaceAll(' ', '-');
  const { style } = provenance.specification;
  if (format === 'csv' || format === 'json') return dataFile(chartTable(chart), name, provenance, format);
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
        title: figureTitle(chart, provenance.specification),
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

/** TeX passes over these lines. */
function comment(provenance: FigureProvenance): string {
  return `% ${provenanceText(provenance)}\n`;
}
