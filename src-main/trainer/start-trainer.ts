import { computingEnvironment } from '../engine/open-engine.ts';
import type { EngineInstallation } from '../engine/installations/installation.ts';
import { startWorker } from '../work/worker.ts';
import { TRAINING, type TrainerProcess } from './training-work.ts';

/** Starts a trainer of so many threads as a process of this machine. @throws as `startWorker` */
export type StartTrainer = (threads: number, signal: AbortSignal) => Promise<TrainerProcess>;

/**
 * All of its trainers compute alike, whatever is tuned meanwhile.
 * @throws Problem `engine-invalid` where this version has no such kind of engine
 */
export function trainerStarter(home: string, engine: EngineInstallation): StartTrainer {
  const environmentOf = computingEnvironment(engine);
  return (threads, signal) =>
    startWorker(TRAINING, { environment: { KINDLING_HOME: home, ...environmentOf(threads) }, signal });
}
