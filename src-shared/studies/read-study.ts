import { whole } from '../numbers.ts';
import { type Checked, type Mistake, type Path, type PlacedMistake, right } from '../mistakes/mistake.ts';
import { checkInput } from '../mistakes/check-input.ts';
import { placeMistakes } from '../mistakes/first-mistakes.ts';
import { showValue } from '../mistakes/show-value.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { checkCounts } from './check-counts.ts';
import { checkFactors } from './check-factors.ts';
import { checkRuns } from './check-runs.ts';
import { expandStudy } from './expand-study.ts';
import type { CheckedCell } from './make-cell.ts';
import type { Design, StudyDefinition } from './study-definition.ts';
import { LARGEST_FILE } from './study-limits.ts';
import { studySchema, type StudyFile } from './study-schema.ts';
import type { Factors } from './cell.ts';
import { recordsAny } from './recordings.ts';
import { straySeeds } from './seeds-of-cells.ts';
import { readSeedsUntil } from './seeds-until.ts';
import { showFactors } from './show-factors.ts';
import { firstSeeds } from './with-seeds.ts';

/** A study as its file states it, expanded. */
export interface ReadStudy {
  readonly definition: StudyDefinition;
  /** In the study's order. */
  readonly cells: readonly CheckedCell[];
}

export type StudyReading =
  | {
      readonly ok: true;
      readonly study: ReadStudy;
      /** Mistakes that are found later, e.g. with the data set, with their lines. */
      readonly place: (mistakes: readonly Mistake[]) => PlacedMistake[];
    }
  | { readonly ok: false; readonly mistakes: readonly PlacedMistake[] };

/**
 * Reads a study file (YAML; docs/study-files.md describes the keys) and expands it once, or says all that is wrong with
 * it and where. Every cell's network and recipe have been checked in what is `ok`; what needs the data set is checked by
 * `costCells`. Never throws, whatever the text is.
 */
export function readStudy(text: string): StudyReading {
  const reading = readDefinition(text);
  if (!reading.ok) return reading;
  const { definition, place } = reading;
  const cells = expandStudy(definition);
  if (!cells.ok) return { ok: false, mistakes: place(cells.mistakes) };
  const study = { definition, cells: cells.value };
  const mistakes = [...checkExtraSeeds(definition, cells.value), ...checkRuns(definition, cells.value)];
  return mistakes.length > 0 ? { ok: false, mistakes: place(mistakes) } : { ok: true, study, place };
}

export type DefinitionReading =
  | Exclude<StudyReading, { readonly ok: true }>
  | {
      readonly ok: true;
      readonly definition: StudyDefinition;
      readonly place: (mistakes: readonly Mistake[]) => PlacedMistake[];
    };

/** The same without expanding it: every value has been checked, and no combination. */
export function readDefinition(text: string): DefinitionReading {
  const fail = (mistakes: readonly Mistake[], lineOf: LineOf = () => null): DefinitionReading => ({
    ok: false,
    mistakes: placed(mistakes, lineOf),
  });
  if (text.length > LARGEST_FILE) return fail([tooLong(text)]);
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { value: input, lineOf } = yaml;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return fail([noKeys(input)]);
  const counts = checkCounts(input);
  if (counts.length > 0) return fail(counts, lineOf);
  const file = checkInput(studySchema, input);
  if (!file.ok) return fail(file.mistakes, lineOf);
  const seeds = readSeeds(file.value.seeds);
  const mistakes = [
    ...checkDesign(file.value),
    ...checkFactors(file.value),
    ...(seeds.ok ? [] : seeds.mistakes),
  ];
  if (!seeds.ok || mistakes.length > 0) return fail(mistakes, lineOf);
  const definition = toDefinition(file.value, seeds.value);
  return { ok: true, definition, place: (found) => placed(found, lineOf) };
}

type LineOf = (path: Path) => number | null;

function placed(mistakes: readonly Mistake[], lineOf: LineOf): PlacedMistake[] {
  return placeMistakes(mistakes, ({ path }) => lineOf(path));
}

function tooLong({ length }: string): Mistake {
  const message = `it has ${whole(length)} characters, more than the limit of ${whole(LARGEST_FILE)} for a study file.`;
  return { path: [], value: undefined, message };
}

function noKeys(value: unknown): Mistake {
  const message = `it must contain keys such as study, dataset and network, not ${showValue(value)}.`;
  return { path: [], value, message };
}

function toDefinition(file: StudyFile, seeds: Seeds): StudyDefinition {
  const { study, dataset, data, network, training, extraSeeds, record } = file;
  const extra = extraSeeds.length > 0 ? { extraSeeds } : {};
  const design = designOf(file);
  const recorded = recordsAny(record) ? { record } : {};
  return { name: study, dataset, data, network, training, design, ...seeds, ...extra, ...recorded };
}

function designOf({ vary, sample, cells }: StudyFile): Design {
  if (cells) return { kind: 'list', cells };
  if (!sample) return { kind: 'grid', vary: vary ?? {}, sample: null };
  const { cells: count, seed, method } = sample;
  return {
    ...{ kind: 'grid', vary: vary ?? {} },
    sample: { cells: count, seed, ...(method !== undefined && { method }) },
  };
}

type Seeds = Pick<StudyDefinition, 'seeds' | 'until'>;

function readSeeds(seeds: StudyFile['seeds']): Checked<Seeds> {
  if (typeof seeds === 'number') return right({ seeds: firstSeeds(seeds) });
  if (isList(seeds)) return right({ seeds });
  const until = readSeedsUntil(seeds);
  return until.ok ? right({ seeds: firstSeeds(until.value.min), until: until.value }) : until;
}

function isList(seeds: object): seeds is readonly number[] {
  return Array.isArray(seeds);
}

function checkDesign({ vary, sample, cells }: StudyFile): Mistake[] {
  if (cells && vary) {
    const message = 'it lists all cells, so it cannot be combined with vary; keep one of the two.';
    return [{ path: ['cells'], value: undefined, message }];
  }
  if (sample && !vary) {
    const message = 'it draws from the grid of vary, which is missing.';
    return [{ path: ['sample'], value: sample, message }];
  }
  return [];
}

/** Every entry of `extraSeeds` must mean a cell: one that means none is a slip. */
function checkExtraSeeds(
  definition: StudyDefinition,
  cells: readonly { readonly factors: Factors }[],
): Mistake[] {
  const expected =
    definition.design.kind === 'list'
      ? 'give all factors of one entry of cells'
      : 'use factors of vary with values listed there';
  return straySeeds(definition, cells).map((index) => {
    const value = definition.extraSeeds?.[index]?.cells ?? {};
    const message = `no cell has ${showFactors(value)}; ${expected}.`;
    return { path: ['extraSeeds', index, 'cells'], value, message };
  });
}
