import { engineKindNamed } from '../../engine/engines/registry.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { describeInstallProgress } from '../../engine/installations/progress.ts';
import { trainerStarter } from '../../trainer/start-trainer.ts';
import { enginePlanner } from '../engine-planner.ts';
import type { Executor, ExecutorSite } from '../executor.ts';

/** Trainers are processes of this machine, on the engine that is selected now. @throws Problem of `selectedEngine`; the signal's reason */
export async function openLocalProcesses({ home, signal, onPreparing }: ExecutorSite): Promise<Executor> {
  const engine = selectedEngine(home);
  const notes = await engineKindNamed(engine.engine).prepare(engine, {
    ...(signal && { signal }),
    onProgress: (progress) =>
      onPreparing?.({ what: describeInstallProgress(progress), secondsLeft: progress.secondsLeft ?? null }),
  });
  return { notes, plan: enginePlanner(engine), startTrainer: trainerStarter(home, engine) };
}
