import { Problem } from '../../src-shared/contract/problem.ts';
import type { SchedulerEvent } from './events.ts';
import { readyTrainer, TrainerDied, type Patience, type Trainer } from './trainer.ts';
import type { StartTrainer, TrainerProcess } from './trainer-process.ts';

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
  /** Ends every process at once. */
  kill(): void;
}

export function trainerPool(
  start: StartTrainer,
  threads: number,
  patience: Patience,
  emit: (event: SchedulerEvent) => void,
): TrainerPool {
  const processes = new Set<TrainerProcess>();
  let deaths = 0;
  let killed = false;

  const startOne = async (): Promise<Trainer> => {
    const began = performance.now();
    const process = start(threads);
    processes.add(process);
    const trainer = await readyTrainer(process, patience);
    deaths = 0;
    const seconds = (performance.now() - began) / 1000;
    emit({ type: 'trainer started', pid: trainer.pid, engine: trainer.engine, seconds });
    return trainer;
  };

  return {
    ready: async (present) => {
      if (present && present.causeOfDeath() === null) return present;
      for (;;) {
        if (killed) return null;
        try {
          return await startOne();
        } catch (error) {
          if (!(error instanceof TrainerDied)) throw error;
          if (killed) return null;
          deaths++;
          emit({ type: 'trainer died', pid: null, cause: error.message });
          if (deaths >= MOST_DEATHS) throw hopeless(error);
        }
      }
    },
    kill: () => {
      killed = true;
      for (const process of processes) process.kill();
    },
  };
}

function hopeless(error: TrainerDied): Problem {
  return new Problem(
    'engine-invalid',
    `No trainer gets ready; ${MOST_DEATHS} in a row ended before. ${error.message}\n"kindling doctor" says what is missing.`,
    { cause: error },
  );
}
