import type { AnyMetric } from '../metrics/imported-metric.ts';
import type { Factors } from '../studies/cell.ts';
import type { ImportedStudy } from '../studies/imported-study.ts';
import type { RunState } from '../studies/run-state.ts';
import type { ImportSettings } from './import-settings.ts';

/** A study that was imported before, as far as it tells which runs of a file are its own. */
export interface KnownImport {
  readonly definition: ImportedStudy;
  /** What was imported as what, for people. */
  readonly text: string;
  readonly cells: readonly { readonly id: string; readonly factors: Factors }[];
  readonly runs: readonly KnownRun[];
}

export interface KnownRun {
  /** Id of the cell. */
  readonly cell: string;
  readonly seed: number;
  readonly state: RunState;
  readonly metrics: Readonly<Partial<Record<AnyMetric, number>>>;
  /** What it is called where it comes from, or what a person has written in the place of that. */
  readonly note: string;
  readonly hasCurves: boolean;
}

/**
 * The settings that read a file as the study was read; or what of the settings or of the file is otherwise than the study has it,
 * in a sentence.
 */
export function settingsOfStudy(
  { definition: { name, imported }, cells, runs }: KnownImport,
  columns: readonly string[],
  settings: ImportSettings,
): ImportSettings | string {
  const factors = Object.values(imported.factors);
  const metrics = Object.fromEntries(
    Object.entries(imported.metrics).flatMap(([metric, column]): [string, AnyMetric][] =>
      column === undefined ? [] : [[column, metric as AnyMetric]],
    ),
  );
  const needed = [...factors, ...Object.keys(metrics), ...(imported.seed === null ? [] : [imported.seed])];
  const missing = needed.find((column) => !columns.includes(column));
  if (missing !== undefined)
    return `there is no column ${missing}, from which runs of the study ${name} were read.`;
  const isOther =
    (settings.factors !== null && !areSame(settings.factors, factors)) ||
    (settings.metrics !== null && !areSame(Object.entries(settings.metrics), Object.entries(metrics))) ||
    (typeof settings.seed === 'string' && settings.seed !== imported.seed) ||
    (settings.seed === false && imported.seed !== null);
  if (isOther)
    return `the study ${name} has other columns as factors, seed or metrics: ${needed.join(', ')}.`;
  const hasReplicates = new Set(runs.map(({ cell }) => cell)).size < runs.length;
  const names = Object.entries(imported.factors).flatMap(([path, column]) =>
    cells.every(({ factors: own }) => typeof own[path] === 'string') ? [column] : [],
  );
  return {
    ...settings,
    ...{ study: name, factors, metrics, text: [...settings.text, ...names] },
    seed: imported.seed ?? (hasReplicates ? false : settings.seed),
  };
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  const sorted = (all: readonly unknown[]): string[] => all.map((each) => JSON.stringify(each)).sort();
  return JSON.stringify(sorted(some)) === JSON.stringify(sorted(others));
}
