import { extent } from 'd3-array';
import { roundedTo } from '../../../numbers.ts';
import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import type { CurvesData } from './data.ts';

/** In the place of low, high and the raw value. */
const NO_BAND = [null, null, null] as const;

/**
 * One row for each point of each line, with the interval and the value before smoothing; members come after their line, and
 * cells whose runs have no line at the end. Where runs were chosen, lines say which they lack.
 */
export function curvesTable({ quantity, x, lines, account }: CurvesData): ChartTable {
  const told = (values: readonly (string | null)[]): readonly (string | null)[] => (account ? values : []);
  const sample = account?.sample ?? null;
  const ofLines = lines.flatMap((line) => {
    const run = line.runs.length === 1 ? (line.runs[0] ?? null) : null;
    const { leftOut = null, early = null } = account?.byLine.get(line.key) ?? {};
    const said = told([leftOut, early, sample]);
    const own = line.x.map((at, place) => [
      ...[line.label, run, at, line.y[place] ?? null],
      ...[line.band?.low[place] ?? null, line.band?.high[place] ?? null, line.raw?.y[place] ?? null],
      ...[line.n?.[place] ?? 1, ...said],
    ]);
    const members = line.members.flatMap((member) =>
      member.x.map((at, place) => [
        ...[line.label, member.run, at, member.y[place] ?? null, ...NO_BAND, 1],
        ...told([null, null, null]),
      ]),
    );
    return [...own, ...members];
  });
  const others = (account?.others ?? []).map(({ label, leftOut }) => [
    ...[label, null, null, null, ...NO_BAND, 0],
    ...told([leftOut, null, sample]),
  ]);
  return {
    columns: [
      ...['line', 'run', x, quantity.title, 'low', 'high', 'raw', 'n'],
      ...(account ? ['left out', 'ends early', 'sample'] : []),
    ],
    rows: [...ofLines, ...others],
  };
}

const DIGITS = 5;

/** One row for each line: where it begins and ends, and between which values it runs. */
export function curvesReading({ lines }: CurvesData): ReadingTable {
  return {
    columns: ['line', 'runs', 'points', 'first', 'last', 'least', 'greatest'],
    rows: lines.map(({ label, runs, y }) => {
      const values = y.filter((value) => value !== null);
      const told = [values[0], values.at(-1), ...extent(values)];
      const [first = null, last = null, low = null, high = null] = told.map((value) =>
        value === undefined ? null : String(roundedTo(value, DIGITS)),
      );
      return [label, runs.length, values.length, first, last, low, high];
    }),
  };
}
