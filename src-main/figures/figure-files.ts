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
import { pgfplotsChart } from './pgfplots/chart.ts';
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
}

interface FileWish {
  readonly format: FigureFormat;
  /** Without its ending. */
  readonly name: string;
}

/** A figure as a file, with the provenance in it where the format has a place. @throws Problem `usage` for a table as a picture */
export async function figureFiles(
  content: FigureContent,
  provenance: FigureProvenance,
  { format, name }: FileWish,
): Promise<FigureFiles> {
  if (format === 'booktabs') return alone(texFile('table', booktabs(content), provenance));
  if (format === 'csv' || format === 'json')
    return alone(dataFile(tableOf(content), provenance, { format, name }));
  if (content.kind !== 'chart')
    throw new Problem('usage', `A table cannot be drawn as ${format}: ask for booktabs, csv or json.`);
  const { chart } = content;
  const style = chartStyle(chart, provenance.specification.style);
  if (format === 'pgfplots') {
    const { tex, pictures } = pgfplotsChart(chart, style, name);
    return { file: texFile(name, tex, provenance), pictures };
  }
  if (format === 'svg') return alone(textFile(`${name}.svg`, 'image/svg+xml', svgFigure(chart, provenance)));
  const svg = drawSvg(chartOption(chart, style), style);
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
  );
}

function alone(file: ExportedFile): FigureFiles {
  return { file, pictures: [] };
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

/** TeX passes over the line with the provenance. */
function texFile(name: string, text: string, provenance: FigureProvenance): ExportedFile {
  return textFile(`${name}.tex`, 'application/x-tex', `% ${provenanceText(provenance)}\n${text}`);
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
