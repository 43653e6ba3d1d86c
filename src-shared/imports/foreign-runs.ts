import type { StoredCell } from '../studies/cell.ts';
import type { ImportedFile } from '../studies/imported-study.ts';

/** A value as another program wrote it; of a table of text always a text. */
export type ForeignValue = string | number | boolean | null | readonly ForeignValue[];

/** One run that another program trained. */
export interface ForeignRun {
  /** Where it stands, for people: `row 7`, `run fearless-sun-12`. */
  readonly place: string;
  /** By the name of the column. */
  readonly values: ReadonlyMap<string, ForeignValue>;
  readonly curves: readonly ForeignCurve[];
  /** Its cell with the network, where the source has it. */
  readonly cell?: StoredCell;
}

/** What was logged under one name, in the order in which it was. */
export interface ForeignCurve {
  readonly tag: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** As far as the source tells: the epoch of each point, and the seconds since the start. */
  readonly epochs?: readonly (number | null)[];
  readonly seconds?: readonly number[];
}

/** What a column is, where the source tells. */
export type ColumnHint = 'setting' | 'result' | 'about';

export interface ForeignRuns {
  /** Words for people, e.g. `CSV`. */
  readonly format: string;
  readonly files: readonly ImportedFile[];
  /** SHA-256 of the content of all files. */
  readonly sha256: string;
  readonly runs: readonly ForeignRun[];
  readonly hints: ReadonlyMap<string, ColumnHint>;
  /** What is to be said of what was read, in sentences. */
  readonly notes: readonly string[];
}

/** The names of all columns, in the order in which they come. */
export function columnNames(runs: readonly ForeignRun[]): string[] {
  return [...new Set(runs.flatMap(({ values }) => [...values.keys()]))];
}
