import type { ChartTable } from '../chart-table.ts';
import type { ParallelData } from './data.ts';

/** One row for each run. */
export function parallelTable({ axes, lines }: ParallelData): ChartTable {
  return {
    columns: ['run', ...axes.map((axis) => (axis.kind === 'number' ? axis.quantity.title : axis.title))],
    rows: lines.map(({ run, values }) => [
      run,
      ...axes.map((axis, place) => {
        const value = values[place] ?? null;
        return axis.kind === 'number' || value === null ? value : (axis.labels[value] ?? null);
      }),
    ]),
  };
}
