import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { LentAnalysisWorker } from '../analysis/analysis-work.ts';
import type { PictureExplainer } from '../analysis/prediction/picture-explainer.ts';
import type { findingsReader } from '../analysis/read-findings.ts';
import type { StudyQueue } from '../scheduler/study-queue.ts';
import type { Store } from '../store/store.ts';
import type { TrainingEnvironment } from './training-environment.ts';
import type { RunChanges } from './run-changes.ts';
import type { RunTableReader } from './run-table-reader.ts';
import type { StudyListings } from './study-listings.ts';
import type { Tasks } from './tasks.ts';
import type { Uploads } from './uploads.ts';

/** What the handlers work on. */
export interface Host extends RunTableReader {
  /** Folder of artifacts, engines and data. */
  readonly home: string;
  readonly storeFile: string;
  readonly readOnly: boolean;
  readonly environment: TrainingEnvironment;
  readonly queue: StudyQueue;
  readonly tasks: Tasks;
  readonly uploads: Uploads;
  readonly explainer: PictureExplainer;
  readonly analyst: LentAnalysisWorker;
  readonly findings: ReturnType<typeof findingsReader>;
  readonly listings: StudyListings;
  readonly changes: RunChanges;
  /**
   * The open store; to be asked for each time, as a restore puts another in its place.
   *
   * @throws Problem `store-busy` while it does
   */
  readonly store: () => Store;
  /**
   * Closes the store, does something to its file, and opens it again if it was open, whether that worked or not; all is
   * then to be loaded again. Nothing may run: the caller has asked `queue.busy`.
   *
   * @throws what the action throws
   */
  readonly replaceStore: <T>(action: () => Promise<T>) => Promise<T>;
  /** Does what may take its time while nobody waits for it. It ends with the application, soon after the signal fires. */
  readonly afterwards: (work: (signal: AbortSignal) => Promise<void>) => void;
  readonly emit: (event: ApplicationEvent) => void;
  /** Tells everybody how a study is now. */
  readonly emitStudy: (study: string) => void;
  /** Tells everybody which cells a study has now, after it was saved. */
  readonly emitCells: (study: string) => void;
  /** Number of the last event. */
  readonly sequence: () => number;
}
