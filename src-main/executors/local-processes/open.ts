import { availableParallelism } from 'node:os';
import { planJobs } from '../../../src-shared/studies/plan-jobs.ts';
import { engineKindNamed } from '../../engine/engines/registry.ts';
import { computingEnvironment } from '../../engine/open-engine.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { TRAINING } from '../../trainer/training-work.ts';
import { startWorker } from '../../work/worker.ts';
import type { Executor, ExecutorSite } from '../executor.ts';

/** Trainers are processes of this machine, on the engine that is selected now. @throws Problem of `selectedEngine` */
export async function openLocalProcesses({ home }: ExecutorSite): Promise<Executor> {
  const engine = selectedEngine(home);
  // an engine outlives the version of Kindling that installed it
  await engineKindNamed(engine.engine).prepare(engine, {});
  return {
    plan: ({ runs, jobs }) =>
      planJobs({
        cores: availableParallelism(),
        device: engine.kind,
        runs,
        ...(jobs === null ? {} : { jobs }),
      }),
    startTrainer: (threads, signal) =>
      startWorker(TRAINING, {
        environment: { KINDLING_HOME: home, ...computingEnvironment(engine, threads) },
        signal,
      }),
  };
}
