import type { ChartTable } from '../../chart-table.ts';
import type { DifferencesData } from './data.ts';

/** What a pair has not. */
const NOTHING = [null, null, null, null, null, null] as const;

/** One row for each difference, with its test, then one for each pair of seeds; at the end one for each cell without a run that counts. */
export function differencesTable({ baseline, rows, unmarked, quantity }: DifferencesData): ChartTable {
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
        ],
        ...row.pairs.map(({ seed, difference }) => [
          ...[row.label, baseline.label, baseline.chosenBy, seed, difference],
          ...[null, null, 'pair', 1, ...NOTHING, ''],
        ]),
      ]),
      ...unmarked.map(({ label, leftOut }) => [
        ...[label, baseline.label, baseline.chosenBy, null, null, null, null, 'none', 0],
        ...[leftOut, baseline.leftOut, null, null, 'no', null, ''],
      ]),
    ],
  };
}
