import type { Trainer, TrainerSource } from './executor.ts';

/**
 * Begins to start trainers before anyone asks for them, while what they will train is made ready: the first that are asked
 * for are these.
 *
 * @param threads of each; who asks for others gets new ones
 * @param signal ends those that nobody has asked for until then
 * @throws the signal's reason if it has fired already
 */
export function startEarly(
  executor: TrainerSource,
  count: number,
  threads: number,
  signal?: AbortSignal,
): TrainerSource {
  signal?.throwIfAborted();
  // a seat has nothing to make ready
  if (executor.isElsewhere) return executor;
  const waiting = new Set(Array.from({ length: count }, () => earlyTrainer(executor, threads)));
  signal?.addEventListener('abort', () => {
    for (const { end } of waiting) end();
    waiting.clear();
  });
  return {
    startTrainer: (wanted, ends) => {
      const [early] = wanted === threads ? waiting : [];
      if (early === undefined) return executor.startTrainer(wanted, ends);
      waiting.delete(early);
      return early.take(ends);
    },
  };
}

interface EarlyTrainer {
  readonly take: (signal: AbortSignal) => Promise<Trainer>;
  /** Of one that was not taken. */
  readonly end: () => void;
}

function earlyTrainer(executor: TrainerSource, threads: number): EarlyTrainer {
  const starting = new AbortController();
  const started = executor.startTrainer(threads, starting.signal);
  // whoever takes it hears why it did not start
  started.catch(() => undefined);
  return {
    take: async (signal) => {
      const end = (): void => starting.abort(signal.reason);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
      try {
        const trainer = await started;
        // it may have died while nobody looked
        const death = trainer.death();
        if (death !== null) throw death;
        return trainer;
      } finally {
        signal.removeEventListener('abort', end);
      }
    },
    end: () => {
      starting.abort();
      void started.then((trainer) => trainer.leave()).catch(() => undefined);
    },
  };
}
