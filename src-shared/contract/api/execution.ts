import type { EngineDescription, Failure, TrainingPhase } from '../../studies/trainer-protocol.ts';
import type { EpochPoint } from '../../metrics/measured-values.ts';
import type { MachineSample } from '../../machine/machine-sample.ts';
import type { Factors } from '../../studies/cell.ts';
import type { SeedDecision } from '../../studies/seeds-until.ts';
import type { RunMetrics } from '../../metrics/measured-values.ts';
import type { Preparation, StudyProgress } from './studies.ts';

/** Which run an event is about. */
export interface RunLabel {
  readonly run: string;
  readonly cell: string;
  readonly factors: Factors;
  readonly seed: number;
}

/** The cell with the best mean validation accuracy so far. */
export interface BestSoFar {
  readonly factors: Factors;
  /** Its complete runs. */
  readonly n: number;
  /** Their mean on the test part. */
  readonly testAccuracy: number;
  /** Whether the choice was made on the validation part; else, without one, on the test part. */
  readonly isJudged: boolean;
}

/** What is told of a study while it runs. */
export type ExecutionEvent =
  /** Before the start: its engine is being made ready. */
  | ({ readonly type: 'study preparing' } & Preparation)
  | {
      readonly type: 'study started';
      readonly study: string;
      readonly cells: number;
      readonly seeds: number;
      /** Seeds that a rule may give each cell; as many as there are where they are fixed. */
      readonly mostSeeds: number;
      /** Runs of the study: cells x seeds, and the extra seeds of some cells. */
      readonly total: number;
      /** Of them complete before this start. */
      readonly done: number;
      /** Of them failed before in a way that they would again; they are not repeated. */
      readonly given: number;
      readonly waiting: number;
      readonly jobs: number;
      readonly threads: number;
      /** Runs that each trainer trains in one step at most; absent where it trains one by one. */
      readonly fused?: number;
      /** Why so many jobs and threads. */
      readonly reason: string;
      /** Whether the study or its cells are others than the store had before. */
      readonly changed: boolean;
      /** What the user should know, e.g. that the definition has changed. */
      readonly messages: readonly string[];
      /** Ids of the runs that wait now, and of those that were cancelled as the study no longer asks for them. */
      readonly planned: readonly string[];
    }
  /** A process is being started that will train. */
  | { readonly type: 'trainer starting'; readonly threads: number }
  | {
      readonly type: 'trainer started';
      readonly pid: number | null;
      readonly engine: EngineDescription;
      /** Seconds that the study waited for it; the process may have been started before. */
      readonly seconds: number;
    }
  /** Complete runs of the study were computed by other engines or versions than the trainers that have started now. */
  | { readonly type: 'engine differs'; readonly before: readonly string[]; readonly now: string }
  | { readonly type: 'trainer died'; readonly pid: number | null; readonly cause: string }
  /** Something went wrong where its runs are trained, and is being mended; for people. */
  | { readonly type: 'trouble'; readonly what: string }
  /** A trainer has been given the run, which is `running` in the store from now on. */
  | (RunLabel & { readonly type: 'run claimed' })
  /** A run that was interrupted, or could go on from the end of a shorter one, goes on from this step; its points after it are gone. */
  | (RunLabel & {
      readonly type: 'run goes on';
      /** 0: it begins anew. */
      readonly step: number;
      /** Null where it had not begun to train. */
      readonly totalSteps: number | null;
      /** ISO 8601, UTC; null where it was not interrupted. */
      readonly interruptedAt: string | null;
      /** The run from whose end it goes on; null for none. */
      readonly shorter: string | null;
      /** Why not from its last resume checkpoint, or on what other engine; null where all is well. */
      readonly note: string | null;
    })
  /** What its trainer is at when it makes no steps. */
  | (RunLabel & { readonly type: 'run phase'; readonly phase: TrainingPhase })
  /** Its first step is over. */
  | (RunLabel & {
      readonly type: 'run started';
      readonly totalSteps: number;
      readonly stepsPerEpoch: number;
      readonly mode: 'compiled' | 'eager';
      readonly modeReason: string | null;
    })
  | (RunLabel & {
      readonly type: 'run progress';
      readonly step: number;
      readonly totalSteps: number;
      /** Epochs that are over, with a fraction for the present one. */
      readonly epoch: number;
      readonly loss: number;
      readonly accuracy: number;
      readonly imagesPerSecond: number;
    })
  | (RunLabel & { readonly type: 'run epoch'; readonly point: EpochPoint })
  /** The seconds are without those of a shorter run from whose end it went on. */
  | (RunLabel & { readonly type: 'run finished'; readonly metrics: RunMetrics; readonly seconds: number })
  | (RunLabel & { readonly type: 'run failed'; readonly failure: Failure })
  | (RunLabel & { readonly type: 'run interrupted' })
  /** The seeds of a cell were decided about, as its runs have ended so far. */
  | {
      readonly type: 'seeds decided';
      readonly cell: string;
      readonly factors: Factors;
      readonly decision: SeedDecision;
      /** Ids of the runs that wait from now on. */
      readonly planned: readonly string[];
    }
  /** Every two seconds while it trains. */
  | { readonly type: 'machine sampled'; readonly sample: MachineSample }
  /** At the beginning, about once a second, and whenever a run ends. */
  | ({ readonly type: 'study progress'; readonly best: BestSoFar | null } & StudyProgress)
  /** After the first request to stop. */
  | { readonly type: 'study stopping'; readonly running: number }
  | ({ readonly type: 'study finished' } & StudyOutcome);

/** The state of a study at the end of an execution. */
export interface StudyOutcome {
  readonly study: string;
  readonly total: number;
  /** Complete, those from before included. */
  readonly done: number;
  /** Failed in this execution, or before and not repeated. */
  readonly failed: number;
  /** Of these, those whose loss was not finite: a start passes over them. */
  readonly diverged: number;
  /** Ended by the stop. */
  readonly interrupted: number;
  /** Not begun, because of the stop or the pause. */
  readonly waiting: number;
  /** Seconds that this execution took. */
  readonly seconds: number;
  readonly stopped: boolean;
}
