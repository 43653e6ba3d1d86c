import type { ChartTable } from '../chart-table.ts';
import type { FactorData } from './data.ts';

/** One row for each mean, one for each run behind it, and one for each point of a line for comparison. */
export function factorTable({ quantity, x, lineTitle, lines, references }: FactorData): ChartTable {
  const own = (label: string): string[] => (lineTitle === '' ? [] : [label]);
  const labels = new Map(x.places.map(({ at, label }) => [at, label]));
  return {
    columns: [
      x.title,
      ...own(lineTitle),
      'mark',
      quantity.title,
      'low',
      'high',
      ...['n seeds', 'n cells', 'cells'],
      'left out',
      'run',
      'seed',
    ],
    rows: [
      ...lines.flatMap((line) =>
        line.points.flatMap(({ label, mean, low, high, seeds, cells, over, leftOut, runs }) => [
          [
            ...[label, ...own(line.label), 'mean', mean, low, high],
            ...[seeds, cells, over, leftOut, null, null],
          ],
          ...runs.map(({ run, seed, value }) => [
            ...[label, ...own(line.label), 'run', value],
            ...[null, null, null, null, null, null, run, seed],
          ]),
        ]),
      ),
      ...references.flatMap((reference) =>
        reference.points.map(({ at, value }) => [
          ...[labels.get(at) ?? '', ...own(''), reference.label, value],
          ...[null, null, null, null, null, null, null, null],
        ]),
      ),
    ],
  };
}
