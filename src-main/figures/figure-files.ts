import type { AnovaData } from '../../src-shared/charts/anova/data.ts';
import { anovaTable } from '../../src-shared/charts/anova/table.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import { chartOption, chartTable, type Chart } from '../../src-shared/charts/chart.ts';
import type { ChartTable } from '../../src-shared/charts/chart-table.ts';
import type { FigureFormat } from '../../src-shared/contract/api/figures.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
import { csv } from '../exports/csv.ts';
import { type ExportedFile, textFile } from '../exports/exported-file.ts';
import { booktabsAnova } from './booktabs-anova.ts';
import { booktabsTable } from './booktabs.ts';
import { cellTable } from './cell-table.ts';
import { drawPdf } from './draw-pdf.ts';
import { drawPng } from './draw-png.ts';
import { drawSvg } from './draw-svg.ts';
import { fontWarning } from './font-letters.ts';
import { pdflatexWarning } from './pdflatex-letters.ts';
import { type PgfFigure, pgfplotsChart } from './pgfplots/chart.ts';
import { type FigureProvenance, provenanceText } from './provenance.ts';
import { chartStyle, figureTitle, svgFigure } from './svg-figure.ts';

/** What a file of a figure is made of. */
export type FigureContent =
  | { readonly kind: 'cells'; readonly table: CellTable }
  | { readonly kind: 'anova'; readonly data: AnovaData }
  | { readonly kind: 'chart'; readonly chart: Chart };

export interface FigureFiles {
  readonly file: ExportedFile;
  /** Files that it shows, to lie beside it: a LaTeX document cannot hold an image. */
  readonly pictures: readonly ExportedFile[];
  /** What of its texts the file or its reader cannot show, and what to do; null where all is shown. */
  readonly warning: string | null;
}

interface FileOptions {
  readonly format: FigureFormat;
  /** Without its ending. */
  readonly name: string;
}

/** A figure as a file, with the provenance in it where the format has a place. @throws Problem `usage` for a table as a picture */
export async function figureFiles(
  content: FigureContent,
  provenance: FigureProvenance,
  { format, name }: FileOptions,
): Promise<FigureFiles> {
  if (format === 'booktabs') return texFiles('table', { tex: booktabs(content), pictures: [] }, provenance);
  if (format === 'csv' || format === 'json')
    return alone(dataFile(tableOf(content), provenance, { format, name }));
  if (content.kind !== 'chart')
    throw new Problem('usage', `A table cannot be drawn as ${format}: use booktabs, csv or json.`);
  const { chart } = content;
  const style = chartStyle(chart, provenance.specification.style);
  if (format === 'pgfplots') return texFiles(name, pgfplotsChart(chart, style, name), provenance);
  if (format === 'svg') return alone(textFile(`${name}.svg`, 'image/svg+xml', svgFigure(chart, provenance)));
  const svg = drawSvg(chartOption(chart, style), style);
  const warning = fontWarning(svg);
  return alone(
    format === 'pdf'
      ? {
          ...{ fileName: `${name}.pdf`, mediaType: 'application/pdf' },
          bytes: await drawPdf(svg, style, {
            title: figureTitle(provenance.specification),
            keywords: provenanceText(provenance),
          }),
        }
      : {
          ...{ fileName: `${name}.png`, mediaType: 'image/png' },
          bytes: await drawPng(svg, provenance.specification.style.dpi, provenanceText(provenance)),
        },
    warning,
  );
}

function alone(file: ExportedFile, warning: string | null = null): FigureFiles {
  return { file, pictures: [], warning };
}

function booktabs(content: FigureContent): string {
  switch (content.kind) {
    case 'cells':
      return booktabsTable(content.table);
    case 'anova':
      return booktabsAnova(content.data);
    case 'chart':
      throw new Error('a chart is no table of cells');
  }
}

function tableOf(content: FigureContent): ChartTable {
  switch (content.kind) {
    case 'cells':
      return cellTable(content.table);
    case 'anova':
      return anovaTable(content.data);
    case 'chart':
      return chartTable(content.chart);
  }
}

/** TeX passes over the lines with the provenance and with what it may not be able to set. */
function texFiles(name: string, { tex, pictures }: PgfFigure, provenance: FigureProvenance): FigureFiles {
  const warning = pdflatexWarning(tex);
  const head = [provenanceText(provenance), ...(warning === null ? [] : [warning])];
  const text = `${head.map((line) => `% ${line}\n`).join('')}${tex}`;
  return { file: textFile(`${name}.tex`, 'application/x-tex', text), pictures, warning };
}

function dataFile(
  table: ChartTable,
  provenance: FigureProvenance,
  { format, name }: { readonly format: 'csv' | 'json'; readonly name: string },
): ExportedFile {
  if (format === 'csv') return textFile(`${name}.csv`, 'text/csv', csv(table.columns, table.rows));
  const text = JSON.stringify({ ...provenance, ...table }, null, 1);
  return textFile(`${name}.json`, 'application/json', `${text}\n`);
}
