import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expandStudy } from '../../src-shared/studies/expand-study.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';
import { wantedRuns } from '../../src-shared/studies/wanted-runs.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import { describeDataset } from '../datasets/describe-dataset.ts';
import { verifyDatasetInThread } from '../datasets/verify-dataset.ts';
import { startProgram } from '../children/child-program.ts';
import { computingEnvironment } from '../engine/computing-environment.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { dataFolder } from '../home.ts';
import { hostProvenance } from '../scheduler/host-provenance.ts';
import { planJobs } from '../../src-shared/studies/plan-jobs.ts';
import type { StudyOptions } from '../scheduler/run-study.ts';

/** What a study is trained with, besides the store: the data, the engine, the trainers. */
export interface Equipment {
  /** @throws Problem `data-missing`, `data-invalid`, `usage` (a name that is none), `disk-full` */
  describeDataset(name: string): DatasetDescription;
  /** @throws Problem of the data and the engine; nothing has been changed then */
  gather(study: StudyToRun): Promise<GatheredStudy>;
}

export interface StudyToRun {
  readonly definition: StudyDefinition;
  /** The study file as it was read. */
  readonly text: string;
  readonly retryDiverged: boolean;
}

/** All that `runStudy` needs besides the store. */
export type GatheredStudy = Omit<StudyOptions, 'store' | 'onEvent'>;

const TRAINER = join(import.meta.dirname, '..', 'trainer', 'main.ts');

/**
 * The equipment of this machine.
 *
 * @param home folder of engines and data
 * @param jobs trainers at once; null for as many as suit the machine
 */
export function machineEquipment(home: string, jobs: () => number | null): Equipment {
  return {
    describeDataset: (name) => describeDataset(name, dataFolder(home)),
    gather: async ({ definition, text, retryDiverged }) => {
      const engine = selectedEngine(home);
      // Every run is recorded with the data's hash, so it must be that of the bytes which are there now.
      const dataset = await verifyDatasetInThread(definition.dataset, dataFolder(home));
      const requested = jobs();
      return {
        definition,
        text,
        retryDiverged,
        dataset,
        startTrainer: (threads) => startProgram(TRAINER, computingEnvironment(engine, threads)),
        jobs: planJobs({
          cores: availableParallelism(),
          device: engine.kind,
          runs: wantedRuns(definition, expandStudy(definition)).length,
          ...(requested === null ? {} : { jobs: requested }),
        }),
        provenance: await hostProvenance(process.cwd()),
      };
    },
  };
}
