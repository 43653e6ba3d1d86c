import type { FactorValue } from '../../../studies/cell.ts';
import type { ChartTable } from '../../chart-table.ts';
import type { FactorPoint } from '../factor/points.ts';
import type { PlaneData } from './data.ts';

/** One row for each layer of each path, one for each run behind it, and one for each layer of a baseline. */
export function planeTable({ x, y, parts, title, paths, baselines }: PlaneData): ChartTable {
  const own = (value: FactorValue): FactorValue[] => (title === '' ? [] : [value]);
  const bounds = ({ mean, low, high }: FactorPoint) => [mean, low, high];
  return {
    columns: [
      ...own(title).map(String),
      ...['layer', 'role', 'mark'],
      ...[x, y].flatMap((quantity) => [quantity.title, `low, ${quantity.title}`, `high, ${quantity.title}`]),
      ...['n seeds', 'n cells', 'cells', 'left out', 'run', 'seed'],
    ],
    rows: [
      ...paths.flatMap(({ value, points }) =>
        points.flatMap(({ layer, part, ...point }) => {
          const place = [...own(value), layer, parts[part] ?? ''];
          const { seeds, cells, over, leftOut, runs } = point.x;
          const others = new Map(point.y.runs.map((run) => [run.run, run]));
          return [
            [
              ...[...place, 'mean', ...bounds(point.x), ...bounds(point.y)],
              ...[seeds, cells, over, leftOut, null, null],
            ],
            ...runs.map((run) => {
              const other = others.get(run.run);
              return [
                ...[...place, 'run', run.value, run.interval?.[0] ?? null, run.interval?.[1] ?? null],
                ...[other?.value ?? null, other?.interval?.[0] ?? null, other?.interval?.[1] ?? null],
                ...[null, null, null, null, run.run, run.seed],
              ];
            }),
          ];
        }),
      ),
      ...baselines.flatMap(({ label, points }) =>
        points.map((point) => [
          ...[...own(''), point.layer, '', label, point.x, null, null, point.y, null, null],
          ...[null, null, null, null, null, null],
        ]),
      ),
    ],
  };
}
