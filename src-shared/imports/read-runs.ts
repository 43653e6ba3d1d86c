import { type AnyMetric, isImportedMetric } from '../metrics/imported-metric.ts';
import { RUN_METRICS } from '../metrics/metrics.ts';
import { counted } from '../counted.ts';
import { rangeOf } from '../metrics/value-kind.ts';
import { shorten } from '../mistakes/show-value.ts';
import type { Factors } from '../studies/cell.ts';
import { clashingNames, factorText } from '../studies/factor-text.ts';
import type { ColumnRoles } from './column-roles.ts';
import type { ForeignRuns } from './foreign-runs.ts';
import type { ImportSettings } from './import-settings.ts';
import { isShare } from './metric-names.ts';
import { type EndState, stateOf } from './run-states.ts';
import { numberSeeds } from './number-seeds.ts';
import {
  factorMistakes,
  type ImportMistake,
  keyOf,
  type ReadColumn,
  type Remedy,
  valueOf,
} from './read-column.ts';
import { type ReadValue, shareOfPercent } from './read-value.ts';

/** A run as the columns tell it. */
export interface MadeRun {
  readonly seed: number;
  readonly state: EndState;
  readonly metrics: Readonly<Partial<Record<AnyMetric, number>>>;
  readonly seconds: number | null;
  readonly failure: {
    readonly code: 'loss-not-finite' | 'failed-elsewhere';
    readonly message: string;
  } | null;
  /** What it is called where it comes from. */
  readonly note: string;
}

/** All runs, and all that is wrong with them. */
export interface ReadRuns {
  readonly factors: readonly Factors[];
  readonly runs: readonly MadeRun[];
  /** Columns in percent. */
  readonly percents: ReadonlySet<string>;
  readonly mistakes: readonly ImportMistake[];
  readonly notes: readonly string[];
}

export function readRuns(
  { runs }: ForeignRuns,
  columns: readonly ReadColumn[],
  roles: ColumnRoles,
  settings: ImportSettings,
  isPart: boolean,
): ReadRuns {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const at = (name: string | null, row: number): ReadValue =>
    byName.get(name ?? '')?.values[row] ?? { kind: 'blank' };
  const placeOf = (row: number): string => runs[row]?.place ?? '';
  const mistakes: ImportMistake[] = [];
  if (runs.length === 0) mistakes.push({ place: null, column: null, message: 'there are no runs.' });
  for (const column of roles.factors.keys()) {
    const read = byName.get(column);
    if (read) mistakes.push(...factorMistakes(read, runs, isPart), ...clashes(read));
  }
  for (const [metric, column] of roles.metrics) {
    const read = byName.get(column);
    if (read && isImportedMetric(metric)) mistakes.push(...percentMix(read, runs));
  }
  if (roles.metrics.size === 0 && runs.length > 0) mistakes.push(noMetric(columns));
  const percents = percentColumns(byName, roles, settings);
  const factors = runs.map((_, row) =>
    Object.fromEntries([...roles.factors].map(([column, path]) => [path, valueOf(at(column, row))])),
  );
  const states = runs.map((_, row) => stateOf(at(roles.state, row)));
  mistakes.push(...unknownStates(byName.get(roles.state ?? ''), states, placeOf));
  const made = runs.map((_, row): Omit<MadeRun, 'seed'> => {
    const state = states[row] ?? 'interrupted';
    const known = new Map<AnyMetric, number>();
    const notFinite: string[] = [];
    for (const [metric, column] of roles.metrics) {
      const value = at(column, row);
      const number = value.kind === 'number' ? numberOf(value, percents.has(column)) : null;
      if (number !== null) {
        const wrong = outOfRange(metric, number, percents.has(column));
        if (wrong === null) known.set(metric, number);
        else mistakes.push({ place: placeOf(row), column, message: `${showRead(value)} ${wrong}` });
      } else if (value.kind === 'nan') notFinite.push(column);
      else if (value.kind !== 'blank')
        mistakes.push({ place: placeOf(row), column, message: `${showRead(value)} is no number.` });
      else if (state === 'complete' && !settings.keepIncomplete)
        mistakes.push({ place: placeOf(row), column, message: 'there is no value.', remedy: KEEP });
    }
    const [column] = notFinite;
    if (column !== undefined && state === 'complete' && !settings.keepIncomplete)
      mistakes.push({ place: placeOf(row), column, message: 'it is NaN or infinite.', remedy: KEEP });
    const seconds = at(roles.seconds, row);
    const label = at(roles.name, row);
    const ended = column !== undefined && state !== 'interrupted' ? 'failed' : state;
    return {
      state: ended,
      metrics: ended === 'complete' ? Object.fromEntries(known) : {},
      seconds: seconds.kind === 'number' && seconds.value >= 0 ? seconds.value : null,
      failure:
        ended !== 'failed'
          ? null
          : column === undefined
            ? {
                code: 'failed-elsewhere',
                message: `It is ${showRead(at(roles.state, row))} where it comes from.`,
              }
            : { code: 'loss-not-finite', message: `${column} is not finite.` },
      note: label.kind === 'blank' || label.kind === 'nan' ? '' : factorText(valueOf(label)),
    };
  });
  const numbered = numberSeeds(
    made.map(({ state }, row) => ({ factors: factors[row] ?? {}, seed: at(roles.seed, row), state })),
    { isSettled: settings.seed === false, placeOf, mistakes, columns, roles },
  );
  return {
    ...{ factors, percents, mistakes, notes: numbered.notes },
    runs: made.map((run, row) => ({ ...run, seed: numbered.seeds[row] ?? 0 })),
  };
}

const KEEP: Remedy = {
  command: 'Leave the run out, or keep it as one that does not count (--keep-incomplete).',
  page: 'Leave the run out, or keep runs without a value below.',
};

const NAME_STATE: Remedy = {
  command:
    'Write finished, failed or running for it; rename the column if it does not say how runs ended, or make it a factor (--factor).',
  page: 'Write finished, failed or running for it; rename the column if it does not say how runs ended, or make it a factor below.',
};

/** Each word once: nobody can tell whether such a run counts. */
function unknownStates(
  column: ReadColumn | undefined,
  states: readonly (EndState | null)[],
  placeOf: (row: number) => string,
): ImportMistake[] {
  if (!column) return [];
  const rowsOf = Map.groupBy(
    column.values.flatMap((value, row) => (states[row] === null ? [{ value, row }] : [])),
    ({ value }) => keyOf(value),
  );
  return [...rowsOf.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const also = rows.length === 1 ? '' : `, as in ${counted(rows.length - 1, 'other run')}`;
    const message = `${showRead(first.value)} is no known state of a run${also}.`;
    return [{ place: placeOf(first.row), column: column.name, message, remedy: NAME_STATE }];
  });
}

function showRead(value: ReadValue): string {
  return shorten(value.kind === 'number' ? value.decimal : factorText(valueOf(value)));
}

function numberOf(value: Extract<ReadValue, { kind: 'number' }>, isPercent: boolean): number {
  return isPercent || value.isPercent ? shareOfPercent(value.decimal) : value.value;
}

/** Why a metric cannot have a value; null where it can. */
function outOfRange(metric: AnyMetric, value: number, isPercent: boolean): string | null {
  if (isImportedMetric(metric)) return null;
  const [low, high] = rangeOf(RUN_METRICS[metric]);
  if (value >= (low ?? -Infinity) && value <= (high ?? Infinity)) return null;
  return isShare(metric)
    ? `is no ${isPercent ? 'percentage from 0 to 100' : 'share from 0 to 1'}, as ${metric} is.`
    : `is out of the range of ${metric}, which cannot be negative.`;
}

/** Columns of shares with a value above 1 are in percent, all of their values. */
function percentColumns(
  columns: ReadonlyMap<string, ReadColumn>,
  { metrics }: ColumnRoles,
  { percent }: ImportSettings,
): Set<string> {
  const isAbove = (value: ReadValue): boolean =>
    value.kind === 'number' && (value.isPercent || value.value > 1);
  return new Set(
    [...metrics].flatMap(([metric, column]) =>
      isShare(metric) && (percent.includes(column) || columns.get(column)?.values.some(isAbove))
        ? [column]
        : [],
    ),
  );
}

/** Whether a number is in percent is told by its sign, where nothing is known of what it is a number of. */
function percentMix({ name, values }: ReadColumn, runs: ForeignRuns['runs']): ImportMistake[] {
  const signs = values.map((value) => (value.kind === 'number' ? value.isPercent : null));
  const place = signs.findIndex((sign) => sign !== null && sign !== signs.find((each) => each !== null));
  if (place < 0) return [];
  const message = 'some values are in percent (%) and some are not.';
  return [{ place: runs[place]?.place ?? null, column: name, message }];
}

function clashes({ name, values }: ReadColumn): ImportMistake[] {
  const distinct = [...new Map(values.map((value) => [keyOf(value), valueOf(value)])).values()];
  const clash = clashingNames(distinct);
  if (!clash) return [];
  const message = `two of its values have the same name, ${shorten(clash.name)}, so their cells could not be distinguished.`;
  return [{ place: null, column: name, message }];
}

function noMetric(columns: readonly ReadColumn[]): ImportMistake {
  const numbers = columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  const some = numbers.slice(0, 8).join(', ');
  const found =
    numbers.length === 0
      ? 'no column has numbers'
      : `columns with numbers: ${some}${numbers.length > 8 ? ' …' : ''}`;
  const message = `nothing says which column has the results (${found}).`;
  const remedy = {
    command: `Name one, e.g. --metric ${numbers.at(-1) ?? 'COLUMN'}=testAccuracy.`,
    page: 'Choose below which metric one of them is.',
  };
  return { place: null, column: null, message, remedy };
}
