import { roundedTo } from '../numbers.ts';
import type { FactorValue, Factors } from './cell.ts';
import { foreignFactorName } from './factor-path.ts';
import { settingWords } from './setting-words.ts';

/** What a factor is called. */
export interface FactorNames {
  /** For a title and an axis, e.g. `squeeze ratio`. */
  readonly title: string;
  /** For a label, e.g. `SR`. */
  readonly short: string;
}

/** The names of a factor given by its path, e.g. `network.sr` or `network.sr[2]`. */
export function factorNames(path: string): FactorNames {
  const name = foreignFactorName(path) ?? path;
  return settingWords(path) ?? { title: name, short: name };
}

/**
 * Short names by path; where two would be the same, the paths themselves.
 * @param namesOf where the paths are not those of factors alone
 */
export function shortNames(
  paths: readonly string[],
  namesOf: (path: string) => FactorNames = factorNames,
): ReadonlyMap<string, string> {
  const names = paths.map((path) => namesOf(path).short);
  return new Map(
    paths.map((path, place) => {
      const name = names[place] ?? path;
      return [path, names.indexOf(name) === names.lastIndexOf(name) ? name : path];
    }),
  );
}

/** Digits of a number in its name; more are the rounding of a computation. */
const DIGITS = 12;

/**
 * A value as people read it: a number as the study file has it, the entries of a list with their repetitions
 * (`0.125x4, 0.25x4`), `none` for an empty list, a dash for no value.
 */
export function factorText(value: FactorValue | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number') return String(roundedTo(value, DIGITS));
  return Array.isArray(value) ? listText(value, factorText) : String(value);
}

function listText(list: readonly FactorValue[], entryText: (entry: FactorValue) => string): string {
  if (list.length === 0) return 'none';
  const repeated: { readonly text: string; count: number }[] = [];
  for (const text of list.map(entryText)) {
    const last = repeated.at(-1);
    if (last?.text === text) last.count += 1;
    else repeated.push({ text, count: 1 });
  }
  return repeated.map(({ text, count }) => (count === 1 ? text : `${text}x${count}`)).join(', ');
}

/** `SR = 0.25, 3×3 = 0.5`: some of a cell's factors, or all; empty for a cell without any. */
export function cellText(factors: Factors, paths: readonly string[] = Object.keys(factors)): string {
  return namedValues(paths, (path) => factorText(factors[path]));
}

/** Values by the short names of their factors; a value of several parts stands in brackets. */
export function namedValues(
  paths: readonly string[],
  textOf: (path: string) => string,
  namesOf: (path: string) => FactorNames = factorNames,
): string {
  const names = shortNames(paths, namesOf);
  return paths
    .map((path) => {
      const text = textOf(path);
      return `${names.get(path) ?? path} = ${text.includes(', ') ? `[${text}]` : text}`;
    })
    .join(', ');
}

/** Two values that have one name, so that cells could not be told apart by it; null where there are none. */
export function clashingNames(
  values: readonly FactorValue[],
): { readonly first: number; readonly second: number; readonly name: string } | null {
  const seen = new Map<string, number>();
  for (const [second, value] of values.entries()) {
    const name = factorText(value);
    const first = seen.get(name);
    if (first !== undefined) return { first, second, name };
    seen.set(name, second);
  }
  return null;
}
