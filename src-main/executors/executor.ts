import type { z } from 'zod';
import type { Check } from '../../src-shared/contract/api/settings.ts';
import type { Preparation, Workers } from '../../src-shared/contract/api/studies.ts';
import type { StudyWork } from '../../src-shared/studies/study-work.ts';
import type { JobPlan } from '../../src-shared/studies/plan-jobs.ts';
import type {
  Artifact,
  EngineDescription,
  RunSpecification,
  TrainingOutcome,
  TrainingProgress,
} from '../../src-shared/studies/trainer-protocol.ts';
import type { Provenance } from '../../src-shared/studies/run-record.ts';
import type { JobControl } from '../work/do-job.ts';
import type { WorkerDied } from '../work/worker-died.ts';
import type { StudyToMeasure } from './ensure-measured.ts';

/**
 * A place where trainings run: processes of this machine are one, other machines could be others. What implements it
 * passes test/main/executors/executor-suite.ts.
 *
 * A study is planned first and then has at most `jobs` trainers at a time; they may be started while its data is still checked.
 * All calls come from one thread; calls of `startTrainer` overlap. An executor holds nothing of its own: what it started ends by
 * `leave` or `kill` of the trainers, and with this process, even if that is killed.
 */
export interface Executor {
  /** What the user should know before trainings begin, e.g. that the engine could not be tuned. */
  readonly notes: readonly string[];
  /**
   * Whether its trainers are seats: all runs of a study are handed over at once, to wait there, and what this machine does tells nothing
   * of their training. Absent for processes of this machine.
   */
  readonly isElsewhere?: boolean;
  /** The folder in which its runs wait for workers; absent where they do not. */
  readonly spool?: string;
  /** Who is there to train, as was last heard; null before that. Absent for processes of this machine. */
  workers?(): Workers | null;
  /**
   * How many trainings run here at once, with how many threads each. The threads depend on the place and the request only, so that a
   * study that goes on later computes as it did.
   *
   * @throws Problem `usage` for a number of jobs that there cannot be
   */
  plan(request: JobsWanted): JobPlan;
  /**
   * Starts a trainer and resolves when it is ready. A trainer trains one run at a time, in order, and stays warm between
   * them; its `work` rejects with `WorkerDied` when it dies, whatever the cause, and it is dead from then on (`death`). It
   * writes into the artifacts folder that a run's specification names, and reads its data from the folder named there.
   *
   * @param threads as planned
   * @param signal ends a trainer that is not ready yet; afterwards the trainer's own `kill` does
   * @throws WorkerDied where it ends before it is ready, so that another may be tried; Problem where none could do better
   *   (no engine); the signal's reason
   */
  startTrainer(threads: number, signal: AbortSignal): Promise<Trainer>;
}

/**
 * What trains runs of a study, one at a time. It is a process of this machine, or a seat: a place at which a run waits for whoever
 * trains it, wherever that is.
 */
export interface Trainer {
  /** Null unless it is a process of this machine. */
  readonly pid: number | null;
  /** What computes; null where only a run that has begun can tell. */
  readonly about: EngineDescription | null;
  /** Why it can do nothing any more; null while it lives. */
  death(): WorkerDied | null;
  /**
   * Trains one run, or has it trained.
   * @throws WorkerDied where it died; Problem where no further run could be trained here; the signal's reason; LeftBehind
   */
  work(run: RunSpecification, control?: TrainingControl): Promise<TrainingOutcome>;
  /**
   * The store has the outcome of the run that it trained, so that what was kept for its sake may go. Absent where there is nothing to
   * do; only called for a run whose `work` has resolved.
   */
  recorded?(run: string): Promise<void>;
  /** Parts with the run that is trained, which goes on without this process: `work` rejects with `LeftBehind`. Absent where it cannot. */
  leaveBehind?(): void;
  /** Lets it leave, and kills it if it does not. Resolves when it is gone. */
  leave(): Promise<void>;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

/** How a training is followed, besides its progress. */
export interface TrainingControl extends JobControl<TrainingProgress> {
  /**
   * Only told by a trainer whose `about` is null, before any progress: who trains the run. Told again where another has taken it over,
   * which then tells `going on`.
   */
  readonly onBegun?: (by: TrainedBy) => void;
  /** The run has been handed over, and nothing that was told of it is left to be read: it can be left behind. */
  readonly onHandedOver?: () => void;
  /** What went wrong and is being mended; for people. */
  readonly onTrouble?: (what: string) => void;
}

/** Who trains a run elsewhere. */
export interface TrainedBy extends Pick<
  Provenance,
  'engine' | 'host' | 'platform' | 'nodeVersion' | 'kindlingVersion'
> {
  /** All that was told of the run since then comes again, as who listened before is gone; null where it is new. */
  readonly repeats: TrainedBefore | null;
}

/** How far a run was when it was handed over. */
export interface TrainedBefore {
  /** The last step that was known of it. */
  readonly step: number;
  /** How often it had been interrupted. */
  readonly interruptions: number;
}

/** A run goes on without this process. */
export class LeftBehind extends Error {}

/** Seeds, memory and family are absent where trainers are not of the machine that plans. */
export interface JobsWanted
  extends Pick<StudyWork, 'runs' | 'stepMacs'>, Partial<Pick<StudyWork, 'alike' | 'family' | 'memory'>> {
  /** As the user says; null for what suits the place. */
  readonly jobs: number | null;
}

/** What trainers come from. */
export type TrainerSource = Pick<Executor, 'startTrainer' | 'isElsewhere' | 'workers'>;

/** Brings files of a run that was trained elsewhere, whole or not at all; what was brought before stays, so that it may be done again. */
export interface BringHome {
  /** Those that its result names. @throws DamagedFile where one is not what the result says; an error of the file system */
  artifacts(from: string, run: RunSpecification, artifacts: readonly Artifact[]): Promise<void>;
  /** Those from which a run goes on that was stopped. */
  resumeCheckpoints(from: string, run: RunSpecification): Promise<void>;
}

/** What an executor is opened with. */
export interface ExecutorSite {
  /** Folder of engines and data. */
  readonly home: string;
  /** Whose runs are trained. */
  readonly study: {
    readonly name: string;
    /** Identity of the store. */
    readonly store: string;
    /** Where that is; absent where it is on another machine. */
    readonly storeFile?: string;
  };
  /** What a person said of the executor: as its `settings` takes it, or absent for what is usual. */
  readonly settings?: unknown;
  /** By what the number of its trainers is to be measured, where it is not known and nobody has said it. */
  readonly measures?: {
    readonly study: StudyToMeasure;
    readonly wanted: JobsWanted;
    /** Also where a rule would do. */
    readonly always: boolean;
  };
  /** Brings files that runs have left elsewhere to where they are recorded; absent: into the folders that their specifications name. */
  readonly bringHome?: BringHome;
  /** Is told what is done before trainers can be started. */
  readonly onPreparing?: (preparation: Preparation) => void;
  /** Ends that. */
  readonly signal?: AbortSignal;
}

/** A kind of executor. */
export interface ExecutorDescription {
  /** On the command line and in the API, e.g. `local-processes`. */
  readonly name: string;
  /** What people call it: `Slurm`. */
  readonly title: string;
  /** One line for people. */
  readonly about: string;
  /** What a person may say of it, each field with its words; absent where there is nothing. */
  readonly settings?: z.ZodObject;
  /**
   * What is there for such settings, and what is missing. Never rejects. Absent where only the engine is needed.
   * @param isProbed whether what trains there is tried, too, which takes its time
   */
  readonly examine?: (home: string, settings: unknown, isProbed?: boolean) => Promise<readonly Check[]>;
  /** Whether what it opens `isElsewhere`, so that its studies need not wait for those of this machine. */
  readonly isElsewhere?: boolean;
  /**
   * @throws Problem `engine-missing`, `engine-invalid` and the like: what keeps trainings from running there; the signal's
   *   reason
   */
  readonly open: (site: ExecutorSite) => Promise<Executor>;
}

/** Gives a description its type. */
export function defineExecutor(description: ExecutorDescription): ExecutorDescription {
  return description;
}
