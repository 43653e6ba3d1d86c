import { DEFAULT_RESUME_SECONDS } from '../../src-shared/studies/resume-seconds.ts';
import type { GoOn, RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import type { CostedCell } from '../../src-shared/studies/cell.ts';
import { trainingImages } from '../../src-shared/studies/training-images.ts';
import { recordingsOf } from '../../src-shared/studies/recordings.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import type { TrainerSource } from '../executors/executor.ts';
import type { Store } from '../store/store.ts';
import type { StudyOutcome } from '../../src-shared/contract/api/execution.ts';
import type { SchedulerEvent } from './events.ts';
import type { HostProvenance } from './host-provenance.ts';
import type { JobPlan } from '../../src-shared/studies/plan-jobs.ts';
import { prepareStudy } from './prepare-study.ts';
import { threadsMessage } from './threads-message.ts';
import { cellWork } from './cell-work.ts';
import type { PartSizes } from './run-course.ts';
import type { LongerRuns } from '../artifacts/shorter-runs.ts';
import type { SingleRuns } from './single-runs.ts';
import { StudyExecution } from './study-execution.ts';

export interface StudyOptions {
  /** Opened for scheduling. */
  readonly store: Store;
  readonly definition: StudyDefinition;
  /** The study file as it was read. */
  readonly text: string;
  /** In the study's order, costed for the data set. */
  readonly cells: readonly CostedCell[];
  /** The prepared data set. */
  readonly dataset: { readonly folder: string; readonly description: DatasetDescription };
  readonly executor: TrainerSource;
  readonly jobs: JobPlan;
  /** Told with its beginning. */
  readonly notes?: readonly string[];
  readonly provenance: HostProvenance;
  /** Repeat runs whose loss was not finite, too; by default they are not, as they would end so again. */
  readonly retryDiverged?: boolean;
  /** How interrupted runs go on; `exact` by default. */
  readonly goOn?: GoOn['how'];
  /** Seconds of training between two resume checkpoints of a run at most. */
  readonly resumeSeconds?: number;
  /** Ids of waiting runs, where only these are wanted; null for all that is missing. */
  readonly only?: readonly string[] | null;
  /** Ids of runs that begin before all others, in this order. */
  readonly first?: readonly string[];
  /** Parts with its runs once all are handed over to who goes on without this process, and what is there has been taken. */
  readonly leaves?: boolean;
  readonly onEvent?: (event: SchedulerEvent) => void;
}

/** A study that is running. */
export interface RunningStudy {
  /**
   * Resolves when every run has ended, or after `pause` or `stop` when those in progress have. Rejects with a Problem where no further run could end
   * well (no engine, full disk, damaged data); what is complete stays in the store.
   */
  readonly finished: Promise<StudyOutcome>;
  /** The same as a stop, but for what is said of it: the study goes on later. */
  pause(): void;
  /** Asks the trainers to end after their present step; their runs become `interrupted`. */
  stop(): void;
  /** Ends the trainers at once. */
  kill(): void;
  /** Parts with runs that go on without this process; false where there are none such, and nothing has happened then. */
  leaveBehind(): boolean;
  readonly runs: SingleRuns;
}

/**
 * Runs what a study lacks: complete runs of the same cells and seeds are kept, all others are run (see
 * `planRuns`). Runs are claimed one at a time, seed by seed; `RunQueue` has the order of cells.
 *
 * @throws Problem `data-invalid` if the data set is not the one that the study has been run on; nothing has been
 *   changed then.
 */
export function runStudy(options: StudyOptions): RunningStudy {
  const { store, definition, dataset, jobs, provenance } = options;
  const longer = {
    ...{ definition, dataHash: dataset.description.hash, how: options.goOn ?? 'exact' },
    computedBy: { kindling: provenance.kindlingVersion, threads: jobs.threads },
  } satisfies LongerRuns;
  const prepared = prepareStudy({ ...options, longer });
  const specificationOf = (run: string, cell: CostedCell, seed: number): RunSpecification => ({
    run,
    network: cell.network,
    dataset: dataset.folder,
    ...definition.data,
    recipe: cell.recipe,
    seed,
    record: recordingsOf(definition),
    artifacts: store.runFolder(run),
    resumeSeconds: options.resumeSeconds ?? DEFAULT_RESUME_SECONDS,
  });
  const { description } = dataset;
  const parts = partSizes(description, definition);
  const fitted = { shape: description.shape, classes: description.classes.length };
  const execution = new StudyExecution({
    store,
    study: definition.name,
    ...prepared,
    jobs,
    specificationOf,
    parts,
    workOf: cellWork(parts, fitted),
    dataHash: description.hash,
    provenance,
    executor: options.executor,
    emit: options.onEvent ?? (() => undefined),
    first: options.first ?? [],
    leaves: options.leaves ?? false,
    longer,
  });
  const { done, given, missing, later, obsolete } = prepared.plan;
  const { warning, threads, fused, reason } = jobs;
  options.onEvent?.({
    type: 'study started',
    study: definition.name,
    cells: prepared.cells.length,
    seeds: definition.seeds.length,
    mostSeeds: definition.until?.max ?? definition.seeds.length,
    total: done.length + given.length + missing.length + later,
    done: done.length,
    given: given.length,
    waiting: missing.length,
    ...{ jobs: jobs.jobs, threads, reason, ...(fused !== undefined && { fused }) },
    changed: prepared.changed,
    messages: [
      ...(options.notes ?? []),
      ...(warning ? [warning] : []),
      ...prepared.messages,
      ...threadsMessage(prepared.plan, jobs.threads),
    ],
    planned: [...obsolete, ...prepared.runs],
  });
  return {
    finished: execution.run(),
    pause: () => execution.pause(),
    stop: () => execution.stop(),
    kill: () => execution.kill(),
    leaveBehind: () => execution.leaveBehind(),
    runs: execution,
  };
}

/** As the cut leaves them: it rounds in each class, so that they may differ by a few. */
function partSizes(
  { trainingCount, testCount }: DatasetDescription,
  { data }: Pick<StudyDefinition, 'data'>,
): PartSizes {
  return {
    training: trainingImages(trainingCount, data),
    validation: Math.round(trainingCount * data.validationShare),
    test: testCount,
  };
}
