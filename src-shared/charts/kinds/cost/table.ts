import { percent, shortCount } from '../../../numbers.ts';
import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { quantityText, spreadText } from '../../quantity.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import type { CostData, CostPoint } from './data.ts';

/**
 * One row for each cell, and one for each of its runs; then one for each cell that lost all its runs, and of several fronts one
 * for each with its hypervolume. `attained` is what the fronts of resamples reach with no more than the cost of the cell.
 */
export function costTable(data: CostData): ChartTable {
  const { quantity, cost, points, unmarked, fronts, frontTitle, reference } = data;
  const bands = new Map(fronts.map(({ set, band }) => [set, new Map(band.map((at) => [at.cost, at]))]));
  const own = (set: FactorValue): FactorValue[] => (frontTitle === '' ? [] : [set]);
  const ofVolumes = reference
    ? [
        'hypervolume',
        'hypervolume, low',
        'hypervolume, high',
        'largest in',
        'reference cost',
        'reference value',
      ]
    : [];
  const none = ofVolumes.map(() => null);
  return {
    columns: [
      ...['cell', 'mark', cost.title, quantity.title, 'low', 'high', 'n', 'left out'],
      ...['on the front', 'share of resamples', 'attained, low', 'attained, high', 'run', 'seed'],
      ...own(`front of ${frontTitle}`).map(String),
      ...ofVolumes,
    ],
    rows: [
      ...points.flatMap((point) => {
        const band = bands.get(point.set)?.get(point.cost);
        return [
          [
            ...[point.label, 'mean', point.cost, point.mean, point.low, point.high, point.n, point.leftOut],
            ...[point.onFront ? 'yes' : 'no', point.frontShare, band?.low ?? null, band?.high ?? null],
            ...[null, null, ...own(point.set), ...none],
          ],
          ...point.runs.map(({ run, seed, cost: spent, value }) => [
            ...[point.label, 'run', spent, value, null, null, null, null, null, null, null, null, run, seed],
            ...[...own(point.set), ...none],
          ]),
        ];
      }),
      ...unmarked.map(({ label, leftOut }) => [
        ...[label, 'mean', null, null, null, null, 0, leftOut, null, null, null, null, null, null],
        ...[...own(''), ...none],
      ]),
      ...fronts.flatMap(({ set, hypervolume: volume }) =>
        volume && reference
          ? [
              [
                ...['', 'front', null, null, null, null, null, null, null, null, null, null, null, null],
                ...[...own(set), volume.value, volume.low, volume.high, volume.largest],
                ...[reference.cost, reference.value],
              ],
            ]
          : [],
      ),
    ],
  };
}

export function costReading({ quantity, cost, points, fronts, frontTitle }: CostData): ReadingTable {
  const bands = new Map(fronts.map(({ set, band }) => [set, new Map(band.map((at) => [at.cost, at]))]));
  const attained = ({ set, cost: at }: CostPoint): string | null => {
    const band = bands.get(set)?.get(at);
    return band ? `${quantityText(quantity, band.low)} to ${quantityText(quantity, band.high)}` : null;
  };
  return {
    columns: [
      ...['cell', cost.title, `mean (${quantity.axis})`, '95\u00a0% t interval', 'n'],
      ...(frontTitle === '' ? ['on the front'] : [`on the front of its ${frontTitle}`]),
      ...['of resamples', 'attained by the fronts of resamples'],
    ],
    rows: points.map((point) => [
      point.label || 'the only cell',
      cost.kind === 'count' ? shortCount(point.cost) : quantityText(cost, point.cost),
      quantityText(quantity, point.mean),
      spreadText(quantity, point) || null,
      point.n,
      point.onFront ? 'yes' : 'no',
      point.frontShare === null ? null : percent(point.frontShare, 0),
      attained(point),
    ]),
  };
}
