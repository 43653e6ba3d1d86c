import type { ChartTable } from '../chart-table.ts';
import type { CurvesData } from './data.ts';

/** One row for each point of each line, with the interval and the value before smoothing; members come after their line. */
export function curvesTable({ quantity, x, lines }: CurvesData): ChartTable {
  return {
    columns: ['line', 'run', x, quantity.title, 'low', 'high', 'raw', 'n'],
    rows: lines.flatMap((line) => {
      const run = line.runs.length === 1 ? (line.runs[0] ?? null) : null;
      const own = line.x.map((at, place) => [
        ...[line.label, run, at, line.y[place] ?? null],
        ...[
          line.band?.low[place] ?? null,
          line.band?.high[place] ?? null,
          line.raw?.y[place] ?? null,
          line.n?.[place] ?? 1,
        ],
      ]);
      const members = line.members.flatMap((member) =>
        member.x.map((at, place) => [
          line.label,
          member.run,
          at,
          member.y[place] ?? null,
          null,
          null,
          null,
          1,
        ]),
      );
      return [...own, ...members];
    }),
  };
}
