import type { AnyMetric } from '../metrics/imported-metric.ts';
import { nearestName } from '../mistakes/nearest-name.ts';
import { foreignFactorPath } from '../studies/factor-path.ts';
import { settingWords } from '../studies/setting-words.ts';
import type { ForeignRuns } from './foreign-runs.ts';
import { stateOf } from './run-states.ts';
import type { ImportSettings } from './import-settings.ts';
import { guessRunMetric, inOrder, isVagueMetric } from './metric-names.ts';
import { plainName } from './plain-name.ts';
import { factorMistakes, type ImportMistake, keyOf, type ReadColumn } from './read-column.ts';

/** What the columns are taken for. */
export interface ColumnRoles {
  /** Path of each factor, by its column. */
  readonly factors: ReadonlyMap<string, string>;
  readonly seed: string | null;
  /** Column of each metric; first the one that is shown first. */
  readonly metrics: ReadonlyMap<AnyMetric, string>;
  readonly state: string | null;
  readonly name: string | null;
  readonly seconds: string | null;
  readonly parameters: string | null;
  readonly macs: string | null;
  /** Why a column has none of these, by its name. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly mistakes: readonly ImportMistake[];
}

const SEED = /(?:^|[^\p{L}])(?:random[ _.-]?|rng[ _.-]?|global[ _.-]?)?seed(?:$|[^\p{L}])/iu;
const STATE = /^(?:state|status)$/i;
/** Columns whose value names a run. */
export const NAMES = /^(?:.*\.)?(?:name|run[ _-]?name|run|id|run[ _-]?id|hash|trial)$/i;
const SECONDS = /^(?:seconds|runtime|_runtime|duration|train(?:ing)?[ _]time)$/i;
const PARAMETERS = /^(?:(?:num|n|total|trainable)[ _]?)?param(?:eter)?s(?:[ _]count)?$/i;
const MACS = /^(?:macs|mult[ _-]?adds|multiply[ _-]accumulates)$/i;

/** Takes each column for what the settings say, or for what its name and values suggest. */
export function columnRoles(
  source: ForeignRuns,
  columns: readonly ReadColumn[],
  settings: ImportSettings,
): ColumnRoles {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const mistakes: ImportMistake[] = [];
  const known = (name: string): boolean => {
    if (byName.has(name)) return true;
    const nearest = nearestName(name, [...byName.keys()]);
    const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
    mistakes.push({ place: null, column: name, message: `there is no such column.${hint}` });
    return false;
  };
  const leftOut = new Map<string, string>();
  const taken = new Set<string>();
  const take = (pattern: RegExp, isRight: (column: ReadColumn) => boolean = () => true): string | null => {
    const found = columns.find(
      (column) => !taken.has(column.name) && pattern.test(column.name) && isRight(column),
    );
    if (found) taken.add(found.name);
    return found?.name ?? null;
  };
  for (const name of [...(settings.factors ?? []), ...Object.keys(settings.metrics ?? {}), ...settings.text])
    known(name);
  for (const name of [...(settings.factors ?? []), ...Object.keys(settings.metrics ?? {})]) taken.add(name);
  const seed = seedOf(settings, columns, taken, known);
  if (seed !== null) taken.add(seed);
  const state = take(STATE, ({ values }) => values.some(({ kind }) => kind === 'text'));
  const metrics = settings.metrics
    ? givenMetrics(settings.metrics, mistakes)
    : guessMetrics(columns, {
        ...{ taken, leftOut, hints: source.hints, keepsIncomplete: settings.keepIncomplete },
        states: byName.get(state ?? '') ?? null,
      });
  for (const name of metrics.values()) taken.add(name);
  const isNumber = ({ kind }: ReadColumn): boolean => kind === 'number';
  const seconds = take(SECONDS, isNumber);
  const parameters = take(PARAMETERS, isNumber);
  const macs = take(MACS, isNumber);
  const isTelling = ({ levels, values }: ReadColumn): boolean => levels > values.length / 2;
  // what people call it rather than its id
  const name = take(/(?:^|[ ._-]|run)name$/i, isTelling) ?? take(NAMES, isTelling);
  const chosen =
    settings.factors?.filter((column) => byName.has(column)) ??
    guessFactors(source, columns, {
      ...{ taken, leftOut, seed: byName.get(seed ?? '') ?? null },
      states: byName.get(state ?? '') ?? null,
    });
  const factors = factorPaths(chosen);
  for (const column of columns)
    if (!taken.has(column.name) && !factors.has(column.name) && !leftOut.has(column.name))
      leftOut.set(column.name, reasonOf(column));
  return { factors, seed, metrics, state, name, seconds, parameters, macs, leftOut, mistakes };
}

function seedOf(
  { seed }: ImportSettings,
  columns: readonly ReadColumn[],
  taken: ReadonlySet<string>,
  known: (name: string) => boolean,
): string | null {
  if (seed === false) return null;
  if (seed !== null) return known(seed) ? seed : null;
  const named = columns.filter(({ name, kind }) => SEED.test(name) && kind !== 'blank' && !taken.has(name));
  const shortest = named.toSorted((one, other) => one.name.length - other.name.length);
  return shortest[0]?.name ?? null;
}

function givenMetrics(
  given: Readonly<Record<string, AnyMetric>>,
  mistakes: ImportMistake[],
): ReadonlyMap<AnyMetric, string> {
  const metrics = new Map<AnyMetric, string>();
  for (const [column, metric] of Object.entries(given)) {
    const other = columnOf(metrics, metric);
    if (other === undefined) metrics.set(metric, column);
    else mistakes.push({ place: null, column, message: `${metric} is the column ${other} already.` });
  }
  return metrics;
}

/** No two metrics of a study are called the same but for their case. */
function columnOf<Found>(metrics: ReadonlyMap<AnyMetric, Found>, wanted: AnyMetric): Found | undefined {
  return [...metrics].find(([metric]) => metric.toLowerCase() === wanted.toLowerCase())?.[1];
}

interface MetricContext {
  readonly taken: ReadonlySet<string>;
  readonly leftOut: Map<string, string>;
  readonly hints: ForeignRuns['hints'];
  readonly keepsIncomplete: boolean;
  readonly states: ReadColumn | null;
}

/**
 * Of several columns of one metric the first. One that some complete run has no value of, or a text, is left out, unless
 * there is no other: then that is a mistake.
 */
function guessMetrics(
  columns: readonly ReadColumn[],
  context: MetricContext,
): ReadonlyMap<AnyMetric, string> {
  const { taken, leftOut, hints, keepsIncomplete, states } = context;
  const found = new Map<AnyMetric, ReadColumn>();
  for (const column of columns) {
    const { name, kind, values: all } = column;
    const isNumeric = kind === 'number' || (kind === null && all.some((value) => value.kind === 'number'));
    const isOpen = isNumeric && !taken.has(name) && hints.get(name) !== 'setting';
    const metric = isOpen ? guessRunMetric(name) : null;
    if (metric !== null && columnOf(found, metric) === undefined) found.set(metric, column);
  }
  const isFilled = ({ values }: ReadColumn): boolean =>
    values.every(({ kind }, row) => kind !== 'blank' || stateOf(states?.values[row]) !== 'complete');
  const metrics = inOrder([...found.keys()]).flatMap((metric) => {
    const column = found.get(metric);
    return column ? [{ metric, column }] : [];
  });
  const isWhole = (column: ReadColumn): boolean =>
    column.kind === 'number' && (keepsIncomplete || isFilled(column));
  const whole = metrics.filter(({ column }) => isWhole(column));
  const kept = whole.length > 0 ? whole : metrics;
  for (const { column } of metrics.filter((metric) => !kept.includes(metric)))
    leftOut.set(column.name, reasonOf(column));
  return new Map(kept.map(({ metric, column }) => [metric, column.name]));
}

/** More levels than these, or than half of the runs (of few runs two), are those of what was measured or counted. */
const MOST_LEVELS = 200;

function guessFactors(
  { runs, hints }: ForeignRuns,
  columns: readonly ReadColumn[],
  around: {
    readonly taken: ReadonlySet<string>;
    readonly leftOut: Map<string, string>;
    readonly seed: ReadColumn | null;
    readonly states: ReadColumn | null;
  },
): string[] {
  const { taken, leftOut, seed, states } = around;
  const candidates = columns.filter((column) => {
    const { name, levels } = column;
    const hint = hints.get(name);
    if (taken.has(name) || (hint !== undefined && hint !== 'setting') || levels < 2) return false;
    if (guessRunMetric(name) !== null || isVagueMetric(name)) return false;
    if (factorMistakes(column, runs).length > 0) return false;
    return hint === 'setting' || (levels <= MOST_LEVELS && levels <= Math.max(2, runs.length / 2));
  });
  const complete = [...runs.keys()].filter((row) => stateOf(states?.values[row]) === 'complete');
  const rows = { all: [...runs.keys()], complete };
  const telling = withoutFollowers(candidates, leftOut, rows.all);
  return withoutBystanders(telling, leftOut, seed, rows).map(({ name }) => name);
}

/** Why a column is left out that may be a factor, as far as the runs tell. */
export const BYSTANDER = 'every cell of the factors has every seed once without it';

/**
 * Without one without which every cell has every seed, of runs that finished exactly once, as of the machine that a run happened
 * to be trained on: a factor would leave several runs of a cell and seed.
 */
function withoutBystanders(
  candidates: readonly ReadColumn[],
  leftOut: Map<string, string>,
  seed: ReadColumn | null,
  rows: { readonly all: readonly number[]; readonly complete: readonly number[] },
): readonly ReadColumn[] {
  if (seed === null || seed.levels < 2) return candidates;
  const ofAll = rowCounter([...candidates, seed], rows.all);
  const ofComplete = rowCounter([...candidates, seed], rows.complete);
  const [bystander, ...further] = candidates.filter((column) => {
    const others = candidates.filter((each) => each !== column);
    const isGrid = ofAll(others) * seed.levels === ofAll([...others, seed]);
    return others.length > 0 && isGrid && ofComplete([...others, seed]) === rows.complete.length;
  });
  // of two that could do without each other nobody can tell which is the factor
  if (!bystander || further.length > 0) return candidates;
  leftOut.set(bystander.name, BYSTANDER);
  return candidates.filter((each) => each !== bystander);
}

/**
 * Without those whose value follows from the others, as a group's name does from what it is a group of: those with the most
 * levels first.
 */
function withoutFollowers(
  candidates: readonly ReadColumn[],
  leftOut: Map<string, string>,
  rows: readonly number[],
): readonly ReadColumn[] {
  const combinations = rowCounter(candidates, rows);
  let kept = candidates;
  const all = combinations(candidates);
  for (const column of candidates.toSorted((one, other) => other.levels - one.levels)) {
    const others = kept.filter((each) => each !== column);
    if (others.length === 0 || combinations(others) < all) continue;
    kept = others;
    leftOut.set(column.name, 'it follows from the factors');
  }
  return kept;
}

/** A function that counts how many different combinations of values some of these columns have in these rows. */
function rowCounter(
  columns: readonly ReadColumn[],
  rows: readonly number[],
): (some: readonly ReadColumn[]) => number {
  const keys = new Map(columns.map((column) => [column, column.values.map(keyOf)]));
  return (some) => {
    const chosen = some.map((column) => keys.get(column) ?? []);
    return new Set(rows.map((row) => chosen.map((own) => own[row]).join('\n'))).size;
  };
}

/** A setting's own path where the column is called so; no two paths are the same, whatever the case. */
function factorPaths(columns: readonly string[]): Map<string, string> {
  const used = new Set<string>();
  return new Map(
    columns.map((column) => {
      const wanted = settingWords(column) ? column : foreignFactorPath(plainName(column));
      let path = wanted;
      for (let number = 2; used.has(path.toLowerCase()); number++) path = `${wanted}_${number}`;
      used.add(path.toLowerCase());
      return [column, path];
    }),
  );
}

function reasonOf({ name, kind, levels, blanks, values }: ReadColumn): string {
  if (kind === 'blank') return 'it has no values';
  if (isVagueMetric(name) && kind === 'number')
    return 'its name does not say on which part of the data it was measured';
  if (blanks > 0) return `${blanks} of ${values.length} runs have no value`;
  if (levels === 1) return 'it is the same in every run';
  return kind === null ? 'its values are of several kinds' : 'nothing says what it is';
}
