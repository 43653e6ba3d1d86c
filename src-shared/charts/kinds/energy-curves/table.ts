import type { ChartTable } from '../../chart-table.ts';
import type { EnergyData } from './data.ts';
import type { EnergyAxis } from './look.ts';

/** One row for each number of channels of each curve. */
export function energyTable({ curves, cells, quantity }: EnergyData, axis: EnergyAxis): ChartTable {
  const own = <Value>(value: Value): Value[] => (cells.length > 1 ? [value] : []);
  return {
    columns: [
      ...own('cell'),
      ...['layer', 'role', 'channels', 'share of the channels', quantity.title, 'low', 'high', 'n seeds'],
      ...(axis.baselines ? ['untrained'] : []),
    ],
    rows: curves.flatMap(({ cell, layer, part, shares, untrained }) =>
      shares.map(({ n, mean, low, high }, rank) => [
        ...[...own(cells[cell] ?? ''), layer, part, rank + 1, (rank + 1) / shares.length],
        ...[mean, low, high, n],
        ...(axis.baselines ? [untrained[rank] ?? null] : []),
      ]),
    ),
  };
}
