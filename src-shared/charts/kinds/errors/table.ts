import { quantile } from 'd3-array';
import { percent } from '../../../numbers.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { quantityText } from '../../quantity.ts';
import type { ErrorsData } from './data.ts';

/** One row for each cell: its error, the share of the cells of its series with at most that, and the band there. */
export function errorsTable({ quantity, lineTitle, lines, isBanded }: ErrorsData): ChartTable {
  const own = (value: FactorValue): FactorValue[] => (lineTitle === '' ? [] : [value]);
  return {
    columns: [
      ...[...own(lineTitle).map(String), 'cell', quantity.title, 'share of cells'],
      ...[...(isBanded ? ['low', 'high'] : []), 'n', 'left out'],
    ],
    rows: lines.flatMap(({ value, cells, distribution }) => {
      const steps = new Map(distribution.steps.map((step) => [step.error, step]));
      return cells.map(({ label, error, n, leftOut }) => {
        const step = steps.get(error);
        const band = isBanded ? [step?.low ?? null, step?.high ?? null] : [];
        return [...own(value), label, error, step?.share ?? null, ...band, n, leftOut];
      });
    }),
  };
}

/** One row for each series. */
export function errorsReading({ quantity, lineTitle, lines, isBanded }: ErrorsData): ReadingTable {
  return {
    columns: [
      ...[
        lineTitle || 'series',
        'cells',
        'without a value',
        `least (${quantity.axis})`,
        'median',
        'greatest',
      ],
      ...(isBanded ? ['band'] : []),
    ],
    rows: lines.map(({ label, cells, distribution: { margin, missing } }) => {
      const errors = cells.map(({ error }) => error);
      const text = (share: number): string => quantityText(quantity, quantile(errors, share) ?? NaN);
      return [
        ...[label || 'all cells', cells.length, missing, text(0), text(0.5), text(1)],
        ...(isBanded ? [`± ${percent(margin)} of the cells`] : []),
      ];
    }),
  };
}
