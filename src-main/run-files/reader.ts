import type {
  ColumnHint,
  ForeignCurve,
  ForeignRun,
  ForeignValue,
} from '../../src-shared/imports/foreign-runs.ts';
import type { JobControl } from '../work/do-job.ts';
import type { StagingProgress } from '../store/write-staged.ts';

/** A file or folder that was given, and what lies in it. */
export interface RunSource {
  /** Without the folders that it is in. */
  readonly name: string;
  readonly isFolder: boolean;
  /** Paths of the files in it, relative and in order; of a file its name alone. */
  readonly files: readonly string[];
  /** Reads one of these; counts towards the hash of the import. */
  readonly bytes: (file: string) => Buffer;
  /** The same as text, without a mark of its order of bytes. @throws Problem `data-invalid` for what is no UTF-8 */
  readonly text: (file: string) => string;
}

/** What was logged of a run whose settings and results may stand elsewhere. */
export interface ForeignHistory {
  /** The run's name or id, as a table has it. */
  readonly run: string;
  readonly place: string;
  readonly curves: readonly ForeignCurve[];
  /** What the source says of the run beside them; a table knows better. */
  readonly values?: ReadonlyMap<string, ForeignValue>;
}

/** What a file or folder has of runs. */
export interface FoundRuns {
  /** Words for people, e.g. `CSV`. */
  readonly format: string;
  readonly runs: readonly ForeignRun[];
  readonly histories?: readonly ForeignHistory[];
  readonly hints?: ReadonlyMap<string, ColumnHint>;
  readonly notes?: readonly string[];
}

/** Reads the runs of one program, or of one kind of file. */
export interface RunReader {
  /** For help, e.g. `CSV tables`. */
  readonly title: string;
  /** Whether it reads this file or folder, told by its names. */
  readonly claims: (source: RunSource) => boolean;
  /**
   * @throws Problem `data-invalid` that names the file and the place for what cannot be read
   */
  readonly read: (source: RunSource, control: Pick<JobControl<StagingProgress>, 'onProgress'>) => FoundRuns;
}

export function defineReader(reader: RunReader): RunReader {
  return reader;
}
