import type { ChartTable } from '../../chart-table.ts';
import type { ParallelData, ParallelLine } from './data.ts';

/** One row for each run, then one for each cell of which runs are left out. */
export function parallelTable(
  { axes, lines, leftOut }: ParallelData,
  nameOf = ({ run }: ParallelLine): string => run,
): ChartTable {
  return {
    columns: [
      'run',
      ...axes.map((axis) => (axis.kind === 'number' ? axis.quantity.title : axis.title)),
      'left out',
    ],
    rows: [
      ...lines.map((line) => [
        nameOf(line),
        ...axes.map((axis, place) => {
          const value = line.values[place] ?? null;
          return axis.kind === 'number' || value === null ? value : (axis.labels[value] ?? null);
        }),
        null,
      ]),
      ...leftOut.map(({ values, text }) => [null, ...values, text]),
    ],
  };
}
