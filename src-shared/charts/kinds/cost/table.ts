import { shortCount } from '../../../numbers.ts';
import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { quantityText, spreadText } from '../../quantity.ts';
import type { CostData } from './data.ts';

/** One row for each cell, and one for each of its runs; then one for each cell that lost all its runs. */
export function costTable({ quantity, cost, points, unmarked }: CostData): ChartTable {
  return {
    columns: [
      'cell',
      'mark',
      cost.title,
      quantity.title,
      'low',
      'high',
      'n',
      'left out',
      'on the front',
      'share of resamples',
      'run',
      'seed',
    ],
    rows: [
      ...points.flatMap((point) => [
        [
          ...[point.label, 'mean', point.cost, point.mean, point.low, point.high, point.n, point.leftOut],
          ...[point.onFront ? 'yes' : 'no', point.frontShare, null, null],
        ],
        ...point.runs.map(({ run, seed, cost: own, value }) => [
          ...[point.label, 'run', own, value, null, null, null, null, null, null, run, seed],
        ]),
      ]),
      ...unmarked.map(({ label, leftOut }) => [
        ...[label, 'mean', null, null, null, null, 0, leftOut, null, null, null, null],
      ]),
    ],
  };
}

export function costReading({ quantity, cost, points }: CostData): ReadingTable {
  return {
    columns: [
      ...['cell', cost.title, `mean (${quantity.axis})`, '95 % t interval', 'n'],
      ...['on the front', 'of resamples'],
    ],
    rows: points.map((point) => [
      point.label || 'the only cell',
      cost.kind === 'count' ? shortCount(point.cost) : quantityText(cost, point.cost),
      quantityText(quantity, point.mean),
      spreadText(quantity, point) || null,
      point.n,
      point.onFront ? 'yes' : 'no',
      point.frontShare === null ? null : `${(100 * point.frontShare).toFixed(0)} %`,
    ]),
  };
}
