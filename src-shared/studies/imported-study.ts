import type { AnyMetric } from '../metrics/imported-metric.ts';
import { Problem } from '../mistakes/problem.ts';
import type { CostedCell, StoredCell } from './cell.ts';
import type { StudyDefinition } from './study-definition.ts';

/**
 * A study whose runs another program trained. It has no file, network or recipe of its own: its cells are the combinations
 * of factors that its source has, and the seeds of a cell are those of its runs.
 */
export interface ImportedStudy {
  readonly name: string;
  /** Paths of its factors: `factor.` and the name of the column, or a setting of Kindling's. */
  readonly factors: readonly string[];
  readonly imported: ImportRecord;
}

/** What was imported, and what it was taken for. */
export interface ImportRecord {
  /** Words for people, e.g. `CSV`. */
  readonly format: string;
  readonly files: readonly ImportedFile[];
  /** Of the content of all files and of how they were read: an import with the same one is the same import. */
  readonly hash: string;
  /** The column of each factor, by the factor's path. */
  readonly factors: Readonly<Record<string, string>>;
  /** The column of the seeds; null where the runs of a cell were only counted. */
  readonly seed: string | null;
  /** The column of each metric; the first is the one that pages and commands show. */
  readonly metrics: Readonly<Partial<Record<AnyMetric, string>>>;
  /** Columns that were not imported. */
  readonly leftOut: readonly string[];
  /** What else is to be said, in sentences. */
  readonly notes: readonly string[];
  /** What was added later, from the same files exported again with more runs. */
  readonly additions?: readonly ImportAddition[];
}

/** Runs that were added to a study later. */
export interface ImportAddition extends Pick<ImportRecord, 'format' | 'files' | 'hash' | 'notes'> {
  readonly runs: number;
}

export interface ImportedFile {
  /** Without the folders that it was in. */
  readonly name: string;
  readonly bytes: number;
}

/** A study as a store has it. */
export type KnownStudy = StudyDefinition | ImportedStudy;

export function isImported(study: KnownStudy): study is ImportedStudy {
  return 'imported' in study;
}

/** The study, to be trained. @throws Problem `usage` for one whose runs were imported */
export function requireTrained(study: KnownStudy): StudyDefinition {
  if (!isImported(study)) return study;
  throw new Problem(
    'usage',
    `The runs of the study "${study.name}" were imported (${study.imported.format}): Kindling knows no network, data and recipe to train further ones. Train them where they come from, and import them from there again: what is new is added.`,
  );
}

/** Cells of a study that is trained here: their networks and costs are known. */
export function costedCells(cells: readonly StoredCell[]): CostedCell[] {
  return cells.map(({ network, recipe, parameters, macs, ...cell }) => {
    if (network === null || recipe === null || parameters === null || macs === null)
      throw new Error(`the cell ${cell.id} has no network`);
    return { ...cell, network, recipe, parameters, macs };
  });
}

/** What is shown of a study unless something else is asked for. */
export function mainMetric(study: KnownStudy): AnyMetric {
  const [first = 'testAccuracy'] = isImported(study) ? metricsOf(study) : [];
  return first;
}

function metricsOf({ imported }: ImportedStudy): AnyMetric[] {
  return Object.keys(imported.metrics) as AnyMetric[];
}
