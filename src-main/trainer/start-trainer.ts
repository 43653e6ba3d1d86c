import type { Card } from '../../src-shared/machine/card.ts';
import { engineKindNamed } from '../engine/engines/registry.ts';
import { computingEnvironment } from '../engine/open-engine.ts';
import type { EngineInstallation } from '../engine/installations/installation.ts';
import { startWorker } from '../work/worker.ts';
import { TRAINING, type TrainerProcess } from './training-work.ts';

/**
 * Starts a trainer of so many threads as a process of this machine.
 * @param card on which alone it computes; null or absent for what its engine takes by itself
 * @throws as `startWorker`
 */
export type StartTrainer = (
  threads: number,
  signal: AbortSignal,
  card?: Card | null,
) => Promise<TrainerProcess>;

/**
 * All of its trainers compute alike, whatever is tuned meanwhile.
 * @throws Problem `engine-invalid` where this version has no such kind of engine
 */
export function trainerStarter(home: string, engine: EngineInstallation): StartTrainer {
  const environmentOf = computingEnvironment(engine);
  return (threads, signal, card = null) => {
    const onCard = card === null ? {} : engineKindNamed(engine.engine).cardEnvironment?.(card);
    const environment = { KINDLING_HOME: home, ...environmentOf(threads), ...onCard };
    return startWorker(TRAINING, { environment, signal });
  };
}
