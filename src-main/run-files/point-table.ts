import type { ColumnHint, ForeignCurve, ForeignValue } from '../../src-shared/imports/foreign-runs.ts';
import { NOT_FINITE } from '../../src-shared/imports/read-value.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { ForeignHistory, FoundRuns } from './reader.ts';

/** A table with a point in each row: whose run, of what, at which step, and the value. */
interface PointTable {
  readonly format: string;
  readonly run: string;
  readonly metric: string;
  /** What stands before the name of the metric: the part of the data. */
  readonly part?: string;
  readonly time?: string;
  /** What the columns with settings of the run begin with. */
  readonly settings?: string;
}

const TABLES: readonly PointTable[] = [
  { format: 'CSV', run: 'run', metric: 'metric' },
  {
    ...{ format: 'Aim', run: 'run.hash', metric: 'metric.name', part: 'metric.context.subset' },
    ...{ time: 'time', settings: 'run.hparams.' },
  },
];

function tableOf(names: readonly string[]): PointTable | null {
  const isThere = (name: string): boolean => names.includes(name);
  return TABLES.find(({ run, metric }) => [run, metric, 'step', 'value'].every(isThere)) ?? null;
}

export function isPointTable(names: readonly string[]): boolean {
  return tableOf(names) !== null;
}

interface Points {
  readonly steps: number[];
  readonly values: number[];
  readonly epochs: (number | null)[];
  /** Milliseconds since 1970; NaN where there are none. */
  readonly times: number[];
}

interface RunPoints {
  readonly values: ReadonlyMap<string, ForeignValue>;
  readonly curves: Map<string, Points>;
}

/** @throws Problem `data-invalid` with the row and column of what is no number */
export function readPointTable(
  file: string,
  names: readonly string[],
  rows: readonly (readonly string[])[],
): FoundRuns {
  const table = tableOf(names);
  if (!table) throw new Error(`${file} has no points`);
  const at = (name: string | undefined): number => (name === undefined ? -1 : names.indexOf(name));
  const [run, metric, part, time] = [table.run, table.metric, table.part, table.time].map(at) as [
    number,
    number,
    number,
    number,
  ];
  const [step, value, epoch] = ['step', 'value', 'epoch'].map(at) as [number, number, number];
  const { settings: beginning } = table;
  const settings = beginning === undefined ? [] : names.filter((name) => name.startsWith(beginning));
  const runs = new Map<string, RunPoints>();
  for (const [index, row] of rows.entries()) {
    const number = (column: number, what: string): number => {
      const read = numberOf(row[column] ?? '');
      if (read !== null) return read;
      const message = `${file}, row ${index + 2}, column ${what}: "${row[column] ?? ''}" is no number.`;
      throw new Problem('data-invalid', message);
    };
    const name = row[run] ?? '';
    const known = runs.get(name) ?? {
      values: new Map(settings.map((column) => [column, row[at(column)] ?? null])),
      curves: new Map<string, Points>(),
    };
    runs.set(name, known);
    const tag = [row[part] ?? '', row[metric] ?? ''].filter(Boolean).join('/');
    const points = known.curves.get(tag) ?? { steps: [], values: [], epochs: [], times: [] };
    known.curves.set(tag, points);
    points.steps.push(number(step, 'step'));
    points.values.push(number(value, 'value'));
    points.epochs.push(epoch < 0 || row[epoch] === '' ? null : number(epoch, 'epoch'));
    points.times.push(time < 0 ? NaN : Date.parse(row[time] ?? ''));
  }
  return {
    format: table.format,
    runs: [],
    histories: [...runs].map(([name, { values, curves }]): ForeignHistory => ({
      ...{ run: name, place: `run ${name}`, values },
      curves: withSeconds([...curves]),
    })),
    hints: new Map(settings.map((column) => [column, 'setting'] satisfies [string, ColumnHint])),
  };
}

function numberOf(text: string): number | null {
  if (NOT_FINITE.test(text)) return NaN;
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? null : value;
}

/**
 * Curves with the seconds since the start, as far as they are known: those that Kindling exports as a curve of their own, or the times
 * of the points since the run's first.
 */
function withSeconds(curves: readonly (readonly [tag: string, points: Points])[]): ForeignCurve[] {
  const measured = curves.find(([tag]) => tag === 'seconds')?.[1];
  const secondsAt = new Map(measured?.steps.map((step, index) => [step, measured.values[index] ?? NaN]));
  const began = curves.reduce(
    (first, [, { times }]) => times.reduce((least, time) => Math.min(least, time), first),
    Infinity,
  );
  return curves.flatMap(([tag, { steps, values, epochs, times }]): ForeignCurve[] => {
    if (tag === 'seconds') return [];
    const seconds = measured
      ? steps.map((step) => secondsAt.get(step) ?? NaN)
      : times.map((time) => (time - began) / 1000);
    const areKnown = seconds.every(Number.isFinite);
    return [{ tag, steps, values, epochs, ...(areKnown && { seconds }) }];
  });
}
