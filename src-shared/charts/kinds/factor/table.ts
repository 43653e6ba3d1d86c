import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { quantityText, spreadText } from '../../quantity.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import type { FactorData } from './data.ts';
import type { FactorLine } from './line-notes.ts';

/** One row for each mean, one for each run behind it, and one for each point of a line for comparison. */
export function factorTable({ quantity, x, lineTitle, lines, references }: FactorData): ChartTable {
  const own = <Label>(label: Label): Label[] => (lineTitle === '' ? [] : [label]);
  const values = new Map(x.places.map(({ at, label, value }) => [at, value === undefined ? label : value]));
  const valueOf = ({ label, value }: FactorLine): FactorValue => (value === undefined ? label : value);
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
        line.points.flatMap(({ at, label, mean, low, high, seeds, cells, over, leftOut, runs }) => [
          [
            ...[values.get(at) ?? label, ...own(valueOf(line)), 'mean', mean, low, high],
            ...[seeds, cells, over, leftOut, null, null],
          ],
          ...runs.map(({ run, seed, value }) => [
            ...[values.get(at) ?? label, ...own(valueOf(line)), 'run', value],
            ...[null, null, null, null, null, null, run, seed],
          ]),
        ]),
      ),
      ...references.flatMap((reference) =>
        reference.points.map(({ at, value }) => [
          ...[values.get(at) ?? '', ...own(''), reference.label, value],
          ...[null, null, null, null, null, null, null, null],
        ]),
      ),
    ],
  };
}

/** One row for each mean, with the values of its runs. */
export function factorReading({ quantity, x, lineTitle, lines }: FactorData): ReadingTable {
  return {
    columns: [
      ...[lineTitle || 'line', x.title, `mean (${quantity.axis})`, '95 % t interval'],
      ...['n seeds', 'n cells', 'runs'],
    ],
    rows: lines.flatMap(({ label, points }) =>
      points.map((point) => [
        label || '–',
        point.label,
        point.mean === null ? null : quantityText(quantity, point.mean),
        spreadText(quantity, point) || null,
        point.seeds,
        point.cells,
        point.runs.map(({ value }) => quantityText(quantity, value)).join(', '),
      ]),
    ),
  };
}
