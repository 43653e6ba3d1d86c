import type { ChartTable } from '../chart-table.ts';
import type { FactorData } from './data.ts';

/** One row for each mean, and one for each run behind it. */
export function factorTable({ quantity, x, lineTitle, lines }: FactorData): ChartTable {
  const own = (label: string): string[] => (lineTitle === '' ? [] : [label]);
  return {
    columns: [x.title, ...own(lineTitle), 'mark', quantity.title, 'low', 'high', 'n', 'run', 'seed'],
    rows: lines.flatMap((line) =>
      line.points.flatMap(({ label, mean, low, high, n, runs }) => [
        [label, ...own(line.label), 'mean', mean, low, high, n, null, null],
        ...runs.map(({ run, seed, value }) => [
          label,
          ...own(line.label),
          'run',
          value,
          null,
          null,
          null,
          run,
          seed,
        ]),
      ]),
    ),
  };
}
