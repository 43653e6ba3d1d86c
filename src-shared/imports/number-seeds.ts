import { whole } from '../numbers.ts';
import { canonicalHash } from '../canonical-hash.ts';
import { counted } from '../counted.ts';
import { shorten } from '../mistakes/show-value.ts';
import type { Factors } from '../studies/cell.ts';
import { cellText, factorText } from '../studies/factor-text.ts';
import type { ColumnRoles } from './column-roles.ts';
import { type ImportMistake, keyOf, type ReadColumn, type Remedy, valueOf } from './read-column.ts';
import type { ReadValue } from './read-value.ts';
import type { EndState } from './run-states.ts';

export interface SeedContext {
  /** Whether the runs of a cell are replicates by the word of the user. */
  readonly isSettled: boolean;
  readonly placeOf: (row: number) => string;
  readonly mistakes: ImportMistake[];
  readonly columns: readonly ReadColumn[];
  readonly roles: ColumnRoles;
}

interface Numbered {
  readonly seeds: readonly number[];
  readonly notes: readonly string[];
}

interface SeedRow {
  readonly factors: Factors;
  readonly seed: ReadValue;
  readonly state: EndState;
}

/**
 * The seed of each run: that of its column, or, where there is none, a number within its cell. A run that came to no end does not
 * stand in the way of one that did: programs list it beside its repetition with the same seed.
 */
export function numberSeeds(rows: readonly SeedRow[], context: SeedContext): Numbered {
  const { isSettled, placeOf, mistakes } = context;
  const column = context.roles.seed;
  const keys = rows.map(({ factors }) => JSON.stringify(factors));
  if (column === null) {
    const complete = [...keys.keys()].filter((row) => rows[row]?.state === 'complete');
    const areRepeated = new Set(complete.map((row) => keys[row])).size < complete.length;
    if (areRepeated && !isSettled) {
      tellRepeated(complete, keys, context);
      return { seeds: [], notes: [] };
    }
    const notes = areRepeated ? [UNPAIRED] : ['There is one run of each cell, and no seed.'];
    return { seeds: drawnNumbers(rows, keys), notes };
  }
  const seen = new Map<string, number>();
  const seeds = rows.map(({ seed, state }, row) => {
    if (seed.kind !== 'number' || !Number.isSafeInteger(seed.value) || seed.value < 0) {
      const told =
        seed.kind === 'blank' ? 'there is no value' : `${shorten(factorText(valueOf(seed)))} is no seed`;
      mistakes.push({ place: placeOf(row), column, message: `${told}: a seed is a whole number from 0.` });
      return -1;
    }
    const key = `${seed.value} ${keys[row] ?? ''}`;
    if (state !== 'complete') return seed.value;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, row);
    else mistakes.push(repeated(before, row, rows[row]?.factors ?? {}, seed.value, context));
    return seed.value;
  });
  const again = rows.flatMap(({ state }, row) => {
    const complete = seen.get(`${seeds[row] ?? -1} ${keys[row] ?? ''}`);
    return state === 'complete' || complete === undefined ? [] : [{ row, complete }];
  });
  return { seeds, notes: again.length === 0 ? [] : [repetitionNote(again, placeOf)] };
}

/** Examples that a note has. */
const MOST_TOLD = 3;

function repetitionNote(
  again: readonly { readonly row: number; readonly complete: number }[],
  placeOf: SeedContext['placeOf'],
): string {
  const told = again
    .slice(0, MOST_TOLD)
    .map(({ row, complete }) => `${placeOf(row)} (complete: ${placeOf(complete)})`);
  const rest = again.length - told.length;
  const more = rest > 0 ? ` and ${whole(rest)} more` : '';
  return `${counted(again.length, 'run')} that did not finish ${again.length === 1 ? 'has' : 'have'} the cell and seed of one that did, which counts: ${told.join(', ')}${more}.`;
}

const UNPAIRED =
  'There are no seeds: the runs of a cell are numbered in an order drawn at random, so that they are replicates, and what has the same number in two cells is not a pair.';

/**
 * Numbers within each cell in an order that does not depend on that of the rows, which may be sorted by the results: by a hash of
 * the place, so that the same file gives the same numbers. Runs that did not finish have the last ones.
 */
function drawnNumbers(rows: readonly SeedRow[], keys: readonly string[]): number[] {
  const seeds: number[] = keys.map(() => 0);
  for (const own of Map.groupBy(keys.keys(), (row) => keys[row] ?? '').values()) {
    const drawn = own
      .map((row) => ({ row, hash: canonicalHash([keys[row], row]) }))
      .sort((one, other) => (one.hash < other.hash ? -1 : 1));
    const [complete, others] = [true, false].map((isComplete) =>
      drawn.filter(({ row }) => (rows[row]?.state === 'complete') === isComplete),
    );
    for (const [number, { row }] of [...(complete ?? []), ...(others ?? [])].entries()) seeds[row] = number;
  }
  return seeds;
}

function tellRepeated(complete: readonly number[], keys: readonly string[], context: SeedContext): void {
  const first = new Map<string, number>();
  for (const row of complete) {
    const key = keys[row] ?? '';
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    else {
      const { placeOf, mistakes } = context;
      const message = `it has the same factors as ${placeOf(before)}, and no column is known as that of the seeds${differenceText(before, row, context)}.`;
      mistakes.push({ place: placeOf(row), column: null, message, remedy: NAME_SEED });
      return;
    }
  }
}

const NAME_SEED: Remedy = {
  command:
    'Name the seed (--seed COLUMN) or the missing factor (--factor COLUMN), or say that there are no seeds (--no-seed).',
  page: 'Choose below which column has the seeds or is the missing factor, or say that there are no seeds.',
};
const NAME_FACTOR: Remedy = {
  command: 'Leave one of them out, or name the factor that is missing (--factor COLUMN).',
  page: 'Leave one of them out, or choose below which column is the factor that is missing.',
};

function repeated(
  before: number,
  row: number,
  factors: Factors,
  seed: number,
  context: SeedContext,
): ImportMistake {
  const { placeOf } = context;
  const cell = cellText(factors) || 'the only cell';
  const message = `${placeOf(before)} has the same cell (${cell}) and seed (${seed})${differenceText(before, row, context)}.`;
  return { place: placeOf(row), column: context.roles.seed, message, remedy: NAME_FACTOR };
}

/** `; they differ in batch and lr`: columns that may be factors. */
function differenceText(one: number, other: number, { columns, roles }: SeedContext): string {
  const used = new Set([...roles.metrics.values(), roles.seed, roles.name, roles.seconds, roles.state]);
  const differing = columns.filter(
    ({ name, values, levels }) =>
      !used.has(name) &&
      levels < values.length &&
      keyOf(values[one] ?? { kind: 'blank' }) !== keyOf(values[other] ?? { kind: 'blank' }),
  );
  if (differing.length === 0) return '';
  const names = differing.slice(0, 5).map(({ name }) => name);
  return `; they differ in ${names.join(', ')}${differing.length > 5 ? ` and ${counted(differing.length - 5, 'further column')}` : ''}`;
}
