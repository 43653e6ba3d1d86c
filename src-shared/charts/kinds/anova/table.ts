import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { pText } from '../../../statistics/p-value.ts';
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

export function anovaReading({ rows, method, notes }: AnovaData): ReadingTable {
  const text = (value: number | null, digits: number): string | null =>
    value === null ? null : value.toFixed(digits);
  return {
    caption: `Two-way analysis of variance: ${method}.`,
    columns: ['Source', 'df', 'F', 'p', 'η²', 'partial ω²'],
    rows: rows.map(({ title, degreesOfFreedom, f, p, etaSquared, partialOmegaSquared }) => [
      ...[title, text(degreesOfFreedom, 0), text(f, 2), p === null ? null : pText(p)],
      ...[text(etaSquared, 3), text(partialOmegaSquared, 3)],
    ]),
    notes,
  };
}
