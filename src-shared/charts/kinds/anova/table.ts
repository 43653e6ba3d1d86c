import type { ChartTable } from '../../chart-table.ts';
import type { AnovaData } from './data.ts';

/** One row for each source of variance; `analysis` says how it was computed, `left out` of which runs it is not. */
export function anovaTable({ rows, method, leftOut, account, notes, quantity }: AnovaData): ChartTable {
  return {
    columns: [
      ...['metric', 'source', 'df', 'sum of squares', 'F', 'p'],
      ...['eta squared', 'partial omega squared', 'left out', 'analysis'],
    ],
    rows: rows.map((row) => [
      ...[quantity.title, row.title, row.degreesOfFreedom, row.sumOfSquares, row.f, row.p],
      ...[row.etaSquared, row.partialOmegaSquared, leftOut, method],
    ]),
    notes: [method, ...account, ...notes],
  };
}
