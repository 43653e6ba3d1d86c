import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { differenceText, differenceUnit } from '../../difference-text.ts';
import {
  EQUIVALENCE_COLUMNS,
  EQUIVALENCE_HEADS,
  equivalenceCaption,
  equivalenceValues,
  equivalenceWords,
} from '../../equivalence-text.ts';
import type { ToldEquivalence } from '../../../statistics/judge-equivalence.ts';
import { pText } from '../../../statistics/p-value.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import type { DifferencesData } from './data.ts';

/** What a pair has not. */
const NOTHING = [null, null, null, null, null, null] as const;

/**
 * One row for each difference, with its test, then one for each pair of seeds; at the end one for each cell without a run that
 * counts. With a margin the columns of equivalence follow.
 */
export function differencesTable(data: DifferencesData): ChartTable {
  const { baseline, rows, unmarked, quantity, margin } = data;
  const columns = margin === null ? [] : EQUIVALENCE_COLUMNS;
  const equivalence = (of: ToldEquivalence | null): FactorValue[] => {
    const values = equivalenceValues(of);
    return columns.map((column) => values[column]);
  };
  return {
    columns: [
      ...[
        'cell',
        'baseline',
        'baseline chosen by',
        'seed',
        `difference in ${quantity.title}`,
        'low',
        'high',
        'method',
        'n',
        'left out',
        'left out of the baseline',
      ],
      ...['p', 'adjusted p', 'significant', 'p of the sign flip', 'caution'],
      ...columns,
    ],
    rows: [
      ...rows.flatMap((row) => [
        [
          ...[
            row.label,
            baseline.label,
            baseline.chosenBy,
            null,
            row.difference,
            row.low,
            row.high,
            row.method,
            row.n[0],
            row.leftOut,
            baseline.leftOut,
          ],
          ...[row.p, row.adjustedP, row.isSignificant ? 'yes' : 'no', row.signFlipP, row.caution],
          ...equivalence(row.equivalence),
        ],
        ...row.pairs.map(({ seed, difference }) => [
          ...[row.label, baseline.label, baseline.chosenBy, seed, difference],
          ...[null, null, 'pair', 1, ...NOTHING, ''],
          ...equivalence(null),
        ]),
      ]),
      ...unmarked.map(({ label, leftOut }) => [
        ...[label, baseline.label, baseline.chosenBy, null, null, null, null, 'none', 0],
        ...[leftOut, baseline.leftOut, null, null, 'no', null, ''],
        ...equivalence(null),
      ]),
    ],
  };
}

export function differencesReading({ quantity, rows, margin }: DifferencesData): ReadingTable {
  const text = (value: number | null): string | null =>
    value === null ? null : differenceText(quantity, value);
  const p = (value: number | null): string | null => (value === null ? null : pText(value));
  return {
    ...(margin !== null && { caption: equivalenceCaption(quantity, margin) }),
    columns: [
      ...['cell', `difference in ${differenceUnit(quantity)}`, 'low', 'high', 'test', 'n'],
      ...['p', 'adjusted p', 'significant', 'p (sign flip)'],
      ...(margin === null ? [] : EQUIVALENCE_HEADS),
      'caution',
    ],
    rows: rows.map((row) => [
      ...[row.label, text(row.difference), text(row.low), text(row.high), row.method],
      row.method === 'paired' ? row.n[0] : row.n.join(' and '),
      ...[p(row.p), p(row.adjustedP), row.isSignificant ? 'yes' : 'no', p(row.signFlipP)],
      ...(margin === null ? [] : equivalenceWords(quantity, row.equivalence)),
      row.caution,
    ]),
  };
}
