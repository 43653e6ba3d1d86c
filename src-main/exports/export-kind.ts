import type { Store } from '../store/store.ts';
import type { ExportedFile } from '../files/exported-file.ts';

/** A kind of file that runs can be exported as. */
export interface ExportKind {
  /** In the API and after `--format`, e.g. `csv`. */
  readonly name: string;
  /** In menus, e.g. `Results as CSV`. */
  readonly title: string;
  /** For help. */
  readonly about: string;
  /** Of any number of runs, or of one that is complete. */
  readonly of: 'runs' | 'one run';
  /**
   * Makes the file from what the store holds.
   * @param runs ids, all of which are in the store
   * @throws Problem where it cannot be made of them
   */
  readonly make: (store: Store, runs: readonly string[], control: ExportControl) => Promise<ExportedFile>;
}

export interface ExportControl {
  /** Every column, not only the settings that vary; for kinds that have columns. */
  readonly all: boolean;
  /** Every point of each run as well; for kinds that may hold them. */
  readonly points: boolean;
  /** Told after each run. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Gives a kind its type. */
export function defineExport(kind: ExportKind): ExportKind {
  return kind;
}
