import { counted } from '../counted.ts';
import { shorten } from '../mistakes/show-value.ts';
import type { FactorValue } from '../studies/cell.ts';
import { factorText } from '../studies/factor-text.ts';
import type { ForeignRun, ForeignValue } from './foreign-runs.ts';
import { type ReadValue, readValue } from './read-value.ts';

/** All values of a column, as they were understood, one for each run. */
export interface ReadColumn {
  readonly name: string;
  readonly values: readonly ReadValue[];
  /** What its values are that are not blank; null where they are of several kinds. */
  readonly kind: 'number' | 'boolean' | 'text' | 'list' | 'blank' | null;
  readonly blanks: number;
  /** How many different values it has. */
  readonly levels: number;
  /** Some of its values, as they stand there. */
  readonly examples: readonly string[];
}

/** What is wrong with a value, or with a row; the column is null for what is wrong with a whole row. */
export interface ImportMistake {
  /** e.g. `row 7`; null for what concerns all of them. */
  readonly place: string | null;
  readonly column: string | null;
  readonly message: string;
  readonly remedy?: Remedy;
}

/** What can be done about it, a sentence for each place where it is shown. */
export interface Remedy {
  readonly command: string;
  readonly page: string;
}

const EXAMPLES = 3;

/** @param isText whether its numbers are names */
export function readColumn(runs: readonly ForeignRun[], name: string, isText: boolean): ReadColumn {
  const raw = runs.map(({ values }) => values.get(name) ?? null);
  const values = raw.map(isText ? readText : readValue);
  const kinds = new Set(
    values.flatMap(({ kind }) => (kind === 'blank' ? [] : [kind === 'nan' ? 'number' : kind])),
  );
  const [kind = 'blank', ...others] = kinds;
  const distinct = new Map(
    values.flatMap((value, place) =>
      value.kind === 'blank' ? [] : [[keyOf(value), raw[place] ?? null] as const],
    ),
  );
  return {
    ...{ name, values, kind: others.length > 0 ? null : kind },
    blanks: values.filter((value) => value.kind === 'blank').length,
    levels: distinct.size,
    examples: [...distinct.values()].slice(0, EXAMPLES).map((value) => shorten(factorText(value))),
  };
}

function readText(value: ForeignValue): ReadValue {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return { kind: 'blank' };
  return { kind: 'text', value: typeof value === 'string' ? value.trim() : factorText(value) };
}

/** Equal for equal values. */
export function keyOf(value: ReadValue): string {
  return JSON.stringify(valueOf(value));
}

/** The value as a factor has it. */
export function valueOf(value: ReadValue): FactorValue {
  switch (value.kind) {
    case 'blank':
    case 'nan':
      return null;
    case 'number':
    case 'boolean':
    case 'text':
    case 'list':
      return value.value;
  }
}

/**
 * What makes a column no factor; none where it can be one.
 *
 * @param isPart whether there are further runs, with other values
 */
export function factorMistakes(
  column: ReadColumn,
  runs: readonly ForeignRun[],
  isPart = false,
): ImportMistake[] {
  const { name, values, kind, levels, blanks } = column;
  const at = (place: number): string | null => runs[place]?.place ?? null;
  const mistakes: ImportMistake[] = [];
  const blank = values.findIndex((value) => value.kind === 'blank');
  const nan = values.findIndex((value) => value.kind === 'nan');
  if (blank >= 0)
    mistakes.push({
      place: at(blank),
      column: name,
      message: `a factor needs a value in every run${more(blanks)}.`,
    });
  if (nan >= 0)
    mistakes.push({ place: at(nan), column: name, message: 'NaN and infinity are no values of a factor.' });
  if (kind === null) mistakes.push(mixed(column, runs));
  else if (levels === 1 && !isPart)
    mistakes.push({
      place: null,
      column: name,
      message: `it is ${column.examples[0] ?? ''} in every run, so it is no factor: a factor has at least two values.`,
    });
  return mistakes;
}

function more(count: number): string {
  return count > 1 ? `; ${counted(count - 1, 'further run has', 'further runs have')} none` : '';
}

/** The first value of a kind and the first of another. */
function mixed({ name, values }: ReadColumn, runs: readonly ForeignRun[]): ImportMistake {
  const known = values.flatMap((value, place) =>
    value.kind === 'blank' || value.kind === 'nan' ? [] : [{ value, place }],
  );
  const [first] = known;
  const other = known.find(({ value }) => value.kind !== first?.value.kind);
  const textOf = (found: typeof first): string => (found ? factorText(valueOf(found.value)) : '');
  const placeOf = (found: typeof first): string => runs[found?.place ?? -1]?.place ?? '';
  return {
    place: placeOf(other),
    column: name,
    message: `it is ${articled(other?.value.kind)} (${shorten(textOf(other))}), and in ${placeOf(first)} ${articled(first?.value.kind)} (${shorten(textOf(first))}).`,
    remedy: {
      command: `--text ${name} takes all of them as names.`,
      page: 'Import it as a factor of names to take all of them as such.',
    },
  };
}

function articled(kind: ReadValue['kind'] = 'blank'): string {
  return kind === 'text'
    ? 'a text'
    : kind === 'list'
      ? 'a list'
      : kind === 'boolean'
        ? 'true or false'
        : `a ${kind}`;
}
