import type { ForeignCurve } from '../../src-shared/imports/foreign-runs.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { FoundRuns } from './reader.ts';

/** A table with a point in each row: whose run, of what, at which step, and the value. */
const COLUMNS = ['run', 'metric', 'step', 'value'] as const;

export function isPointTable(names: readonly string[]): boolean {
  return COLUMNS.every((column) => names.includes(column));
}

interface Points {
  readonly steps: number[];
  readonly values: number[];
  readonly epochs: (number | null)[];
}

/** @throws Problem `data-invalid` with the row and column of what is no number */
export function readPointTable(
  file: string,
  names: readonly string[],
  rows: readonly (readonly string[])[],
): FoundRuns {
  const at = new Map(names.map((name, place) => [name, place]));
  const [run = 0, metric = 0, step = 0, value = 0] = COLUMNS.map((name) => at.get(name) ?? 0);
  const epoch = at.get('epoch');
  const runs = new Map<string, Map<string, Points>>();
  for (const [index, row] of rows.entries()) {
    const number = (column: number, what: string): number => {
      const read = numberOf(row[column] ?? '');
      if (read !== null) return read;
      const message = `${file}, row ${index + 2}, column ${what}: "${row[column] ?? ''}" is no number.`;
      throw new Problem('data-invalid', message);
    };
    const curves = runs.get(row[run] ?? '') ?? new Map<string, Points>();
    runs.set(row[run] ?? '', curves);
    const points = curves.get(row[metric] ?? '') ?? { steps: [], values: [], epochs: [] };
    curves.set(row[metric] ?? '', points);
    points.steps.push(number(step, 'step'));
    points.values.push(number(value, 'value'));
    points.epochs.push(epoch === undefined || row[epoch] === '' ? null : number(epoch, 'epoch'));
  }
  return {
    format: 'CSV',
    runs: [],
    histories: [...runs].map(([name, curves]) => ({
      run: name,
      place: `run ${name}`,
      curves: withSeconds([...curves].map(([tag, points]): ForeignCurve => ({ tag, ...points }))),
    })),
  };
}

function numberOf(text: string): number | null {
  if (/^[+-]?(?:nan|inf(?:inity)?)$/i.test(text)) return NaN;
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? null : value;
}

/** The seconds since the start, which Kindling exports as a curve, are those of the points at the same steps. */
function withSeconds(curves: readonly ForeignCurve[]): ForeignCurve[] {
  const times = curves.find(({ tag }) => tag === 'seconds');
  if (!times) return [...curves];
  const secondsAt = new Map(times.steps.map((step, index) => [step, times.values[index] ?? NaN]));
  return curves
    .filter((curve) => curve !== times)
    .map((curve) =>
      curve.steps.every((step) => secondsAt.has(step))
        ? { ...curve, seconds: curve.steps.map((step) => secondsAt.get(step) ?? NaN) }
        : curve,
    );
}
