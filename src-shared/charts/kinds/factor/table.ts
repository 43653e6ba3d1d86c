import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { quantityText, spreadText } from '../../quantity.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import type { FactorData } from './data.ts';
import type { FactorLine } from './line-notes.ts';

/**
 * One row for each mean, one for each run behind it, and one for each point of a line for comparison. The bounds of a mean
 * are over its seeds, those of a run within it.
 */
export function factorTable({
  quantity,
  x,
  lineTitle,
  sets,
  nameTitle,
  lines,
  references,
}: FactorData): ChartTable {
  const own = (...cells: FactorValue[]): FactorValue[] => [
    ...(lineTitle === '' ? [] : cells.slice(0, 1)),
    ...(sets ? cells.slice(1, 2) : []),
    ...(nameTitle === undefined ? [] : cells.slice(2)),
  ];
  const values = new Map(x.places.map(({ at, label, value }) => [at, value === undefined ? label : value]));
  const valueOf = ({ label, value }: FactorLine): FactorValue => (value === undefined ? label : value);
  return {
    columns: [
      x.title,
      ...own(lineTitle, sets?.title ?? null, nameTitle ?? null).map(String),
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
        line.points.flatMap(
          ({ at, label, name = '', mean, low, high, seeds, cells, over, leftOut, runs }) => {
            const place = [values.get(at) ?? label, ...own(valueOf(line), line.set ?? '', name)];
            return [
              [...place, 'mean', mean, low, high, seeds, cells, over, leftOut, null, null],
              ...runs.map(({ run, seed, value, interval }) => [
                ...[...place, 'run', value, interval?.[0] ?? null, interval?.[1] ?? null],
                ...[null, null, null, null, run, seed],
              ]),
            ];
          },
        ),
      ),
      ...references.flatMap(({ label, of, points }) =>
        points.map(({ at, value, name = '' }) => [
          ...[values.get(at) ?? '', ...own(of?.label ?? '', '', name), label, value],
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
      ...[lineTitle || 'line', x.title, `mean (${quantity.axis})`, '95\u00a0% t interval'],
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
