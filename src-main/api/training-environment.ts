import type { CostedStudy } from '../../src-shared/studies/cost-study.ts';
import type { MeasuredPeaks } from '../../src-shared/studies/trainer-memory.ts';
import { countRuns } from '../../src-shared/studies/wanted-runs.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { accepted } from '../../src-shared/mistakes/mistakes-problem.ts';
import { localSettingsSchema } from '../../src-shared/studies/local-settings.ts';
import type { TrainersAtOnce } from '../../src-shared/studies/trainers-at-once.ts';
import { type PlannerHere, plannerHere } from '../executors/engine-planner.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import { openToTrain } from '../datasets/verify-dataset.ts';
import { listEngines } from '../engine/installations/installation.ts';
import type { ExecutorSite, JobsWanted } from '../executors/executor.ts';
import { executorNamed } from '../executors/registry.ts';
import { startEarly } from '../executors/start-early.ts';
import { dataFolder } from '../home.ts';
import { requireTrainable } from '../engine/precision.ts';
import { hostProvenance } from '../scheduler/host-provenance.ts';
import type { Gathered, Launch } from '../scheduler/study-queue.ts';
import { type CheckedStudy, checkStudyAside } from '../studies/check-study.ts';
import { studyToMeasure, workOf } from './work-of-study.ts';

/** What a study is trained with, besides the store: the data, the engine, the trainers. */
export interface TrainingEnvironment {
  /** @throws Problem `data-missing`, `data-invalid`, `usage` (a name that is none), `disk-full` */
  describeDataset(name: string): DatasetDescription;
  /**
   * Reads a study file and fits its cells to their data.
   * @param fileName for the messages
   * @throws Problem `study-invalid`, and those of `describeDataset`
   */
  checkStudy(text: string, fileName: string, signal?: AbortSignal): Promise<CheckedStudy>;
  /**
   * What plans the trainers of that place, as far as it is known before an engine is opened; null where other machines compute.
   * @throws Problem of the executor and its settings
   */
  plannerAt(place: Pick<Launch, 'executor' | 'settings'>): Promise<PlannerHere | null>;
  /**
   * Its trainers are starting then; those that nobody has taken end when the control's signal fires.
   * @throws Problem of the data and the engine, the signal's reason; nothing has been changed then
   */
  gather(study: StudyToRun, control?: GatherControl): Promise<Gathered>;
}

export interface StudyToRun extends CheckedStudy, Launch {
  /** Identity of the store that it is of, and where that is. */
  readonly store: string;
  readonly storeFile: string;
  /** Runs that have ended by themselves, complete or failed. */
  readonly ended: number;
  /** The memory that runs of the store have taken by an engine. */
  readonly peaks: (engine: string) => MeasuredPeaks;
}

/** Who waits is told what is done to the engine, and may end it; the signal also ends what was gathered. */
export type GatherControl = Pick<ExecutorSite, 'onPreparing' | 'signal'>;

/**
 * The environment of this machine.
 *
 * @param home folder of engines and data
 * @param jobs where a study does not say how many trainers; null for as many as suit the machine
 */
export function localEnvironment(home: string, jobs: () => TrainersAtOnce | null): TrainingEnvironment {
  const dataRoot = dataFolder(home);
  const checkStudy: TrainingEnvironment['checkStudy'] = (text, fileName, signal) =>
    checkStudyAside({ text, fileName, dataRoot }, signal);
  return {
    describeDataset: (name) => describeDataset(name, dataRoot),
    checkStudy,
    plannerAt: async ({ executor, settings = {} }) => {
      if (executorNamed(executor).isElsewhere) return null;
      const said = accepted(checkInput(localSettingsSchema, settings), 'usage');
      const { engine, plan } = await plannerHere(home, said);
      return { engine, plan: (wanted) => plan({ ...wanted, jobs: wanted.jobs ?? asNumber(jobs()) }) };
    },
    gather: async (
      { retryDiverged, jobs: asked, folder, executor: name, settings, ended, peaks, ...study },
      control = {},
    ) => {
      const { signal } = control;
      const { store, storeFile } = study;
      const selected = listEngines(home).find((each) => each.selected);
      const engine = selected?.name;
      if (selected && !executorNamed(name).isElsewhere) requireTrainable(selected, study.cells);
      const trainers = asked ?? jobs();
      const wantedFor = (planned: CostedStudy, data: DatasetDescription): JobsWanted => ({
        ...workOf(planned, data, engine === undefined ? new Map() : peaks(engine)),
        jobs: asNumber(trainers),
      });
      const data = describeDataset(study.definition.dataset, dataRoot);
      const wanted = wantedFor(study, data);
      const toMeasure = studyToMeasure(study, data, wanted);
      const executor = await executorNamed(name).open({
        ...{ home, study: { name: study.definition.name, store, storeFile }, settings },
        ...(toMeasure && { measures: { study: toMeasure, wanted, always: trainers === 'auto' } }),
        ...control,
      });
      const expected = executor.plan(wanted);
      const missing = Math.max(0, countRuns(study.definition, study.cells) - ended);
      const early = startEarly(executor, Math.min(expected.jobs, missing), expected.threads, signal);
      const [dataset, provenance] = await Promise.all([
        openToTrain({ name: study.definition.dataset, dataRoot }, signal),
        hostProvenance(folder ?? process.cwd()),
      ]);
      const isFitted = dataset.description.hash === study.dataHash;
      const { definition, text, cells } = isFitted
        ? study
        : await checkStudy(study.text, `The study "${study.definition.name}"`, signal);
      return {
        definition,
        text,
        cells,
        retryDiverged,
        dataset,
        executor: early,
        notes: executor.notes,
        jobs: executor.plan(wantedFor({ definition, cells }, dataset.description)),
        provenance,
      };
    },
  };
}

/** Null where it is not a person who says so. */
function asNumber(trainers: TrainersAtOnce | null): number | null {
  return trainers === 'auto' ? null : trainers;
}
