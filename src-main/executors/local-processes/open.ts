import { availableParallelism } from 'node:os';
import { planJobs } from '../../../src-shared/studies/plan-jobs.ts';
import { engineKindNamed } from '../../engine/engines/registry.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { describeInstallProgress } from '../../engine/installations/progress.ts';
import { trainerStarter } from '../../trainer/start-trainer.ts';
import type { Executor, ExecutorSite } from '../executor.ts';

/** Trainers are processes of this machine, on the engine that is selected now. @throws Problem of `selectedEngine`; the signal's reason */
export async function openLocalProcesses({ home, signal, onPreparing }: ExecutorSite): Promise<Executor> {
  const engine = selectedEngine(home);
  const kind = engineKindNamed(engine.engine);
  const notes = await kind.prepare(engine, {
    ...(signal && { signal }),
    onProgress: (progress) =>
      onPreparing?.({ what: describeInstallProgress(progress), secondsLeft: progress.secondsLeft ?? null }),
  });
  const startTrainer = trainerStarter(home, engine);
  const measured = kind.tuning?.trainers(engine) ?? [];
  return {
    notes,
    plan: ({ runs, stepMacs, jobs }) =>
      planJobs({
        ...{ cores: availableParallelism(), device: engine.kind, runs, stepMacs, measured },
        ...(jobs === null ? {} : { jobs }),
      }),
    startTrainer,
  };
}
