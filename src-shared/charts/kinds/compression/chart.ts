import { askedHeight, type Chart, said } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { lineColours } from '../../palette.ts';
import { COMPRESSION_METHOD, compressionData, type CompressionData } from './data.ts';
import { compressionOption } from './drawing.ts';
import { compressionAxis } from './pgfplots.ts';
import { compressionTable } from './table.ts';

/** @throws Problem `usage` for runs that were not analysed */
export async function gather(_: unknown, { cells, analyses, methods }: ChartSource): Promise<Chart> {
  const table = cells('testAccuracy');
  return compressionChart(
    compressionData(table, await analyses(countedRuns(table), COMPRESSION_METHOD), methods),
  );
}

export function compressionChart(data: CompressionData): Chart {
  return {
    notes: said(data.notes),
    option: (style) => compressionOption(data, style),
    height: askedHeight,
    table: () => compressionTable(data),
    pgfplots: (style) => ({
      ...{
        pictures: [[compressionAxis(data, style)]],
        colours: lineColours(
          data.cells.length,
          style,
          data.cells.map(({ label }) => label),
        ),
      },
    }),
  };
}
