import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Trainer, TrainerSource } from '../executors/executor.ts';
import { WorkerDied } from '../work/worker-died.ts';
import type { SchedulerEvent } from './events.ts';

/** Each `trainer starting` is followed by `trainer started` or `trainer died`. */
export type TrainerEvent = Extract<
  SchedulerEvent,
  { type: 'trainer starting' | 'trainer started' | 'trainer died' }
>;

/** After so many deaths in a row before `ready`, a further trainer would die as well. */
const MOST_DEATHS = 3;

/** Starts trainers and replaces dead ones. */
export interface TrainerPool {
  /**
   * The given trainer if it lives, else a new one; null once the pool has been killed.
   *
   * @throws Problem `engine-invalid` if trainers die before they are ready, again and again.
   */
  ready(present: Trainer | null): Promise<Trainer | null>;
  /** Ends every trainer at once. */
  kill(): void;
}

export function trainerPool(
  executor: TrainerSource,
  threads: number,
  emit: (event: TrainerEvent) => void,
): TrainerPool {
  const trainers = new Set<Trainer>();
  const killed = new AbortController();
  let deaths = 0;

  const startOne = async (): Promise<Trainer> => {
    const began = performance.now();
    const starting = executor.startTrainer(threads, killed.signal);
    // a seat is no process that starts, and there may be hundreds
    if (!executor.isElsewhere) emit({ type: 'trainer starting', threads });
    const trainer = await starting;
    trainers.add(trainer);
    deaths = 0;
    const seconds = (performance.now() - began) / 1000;
    const { pid, about: engine } = trainer;
    if (engine !== null) emit({ type: 'trainer started', pid, engine, seconds });
    return trainer;
  };

  return {
    ready: async (present) => {
      if (present && present.death() === null) return present;
      while (!killed.signal.aborted) {
        try {
          return await startOne();
        } catch (error) {
          if (killed.signal.aborted) return null;
          if (!(error instanceof WorkerDied)) throw error;
          deaths++;
          emit({ type: 'trainer died', pid: null, cause: error.message });
          if (deaths >= MOST_DEATHS) throw hopeless(error);
        }
      }
      return null;
    },
    kill: () => {
      killed.abort();
      for (const trainer of trainers) trainer.kill();
    },
  };
}

function hopeless(error: WorkerDied): Problem {
  const fact = `No trainer could be started; ${MOST_DEATHS} in a row ended during start-up. ${error.message}`;
  return new Problem('engine-invalid', `${fact}\n\`kindling doctor\` shows what is missing.`, {
    cause: error,
    fact,
    offer: { action: 'check-installation', subject: '' },
  });
}
