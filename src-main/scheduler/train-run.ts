import type {
  Failure,
  FromTrainer,
  RunResult,
  RunSpecification,
} from '../../src-shared/contract/trainer-protocol.ts';
import type { TrainerConnection } from './trainer-connection.ts';

/** How a run ended, seen from the application. */
export type RunEnd =
  | { readonly kind: 'complete'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

/** What a trainer tells while a run is on. */
export type RunMessage = Extract<FromTrainer, { type: 'started' | 'steps' | 'epoch' }>;

/** Milliseconds in which messages that have arrived already are read. */
const LAST_CHANCE = 100;

/**
 * Has a ready trainer train one run. Never rejects: the death of the process, `silence` milliseconds without a
 * message and a message that the protocol does not know end the run as failed with `trainer-died`.
 *
 * When this process itself stood still (Ctrl-Z, a machine asleep), time is up before it has read what the trainer
 * sent meanwhile: what has arrived is heard first.
 */
export function trainRun(
  connection: TrainerConnection,
  specification: RunSpecification,
  onMessage: (message: RunMessage) => void,
  silence: number,
): Promise<RunEnd> {
  return new Promise((resolve) => {
    const hung = (): void =>
      connection.end(`The trainer gave no sign of life for ${silence / 1000} s and was killed.`);
    const patience = (): NodeJS.Timeout =>
      setTimeout(() => (watchdog = setTimeout(hung, LAST_CHANCE)), silence);
    let watchdog = patience();
    const finish = (end: RunEnd): void => {
      clearTimeout(watchdog);
      connection.listen(() => undefined);
      resolve(end);
    };
    connection.listen((message) => {
      if (message.type === 'ready' || message.run !== specification.run) return;
      clearTimeout(watchdog);
      watchdog = patience();
      if (message.type === 'alive') return;
      const end = endOf(message);
      if (end) finish(end);
      else onMessage(message as RunMessage);
    });
    void connection.death.then((cause) =>
      finish({ kind: 'failed', failure: { code: 'trainer-died', message: cause, step: null } }),
    );
    connection.send({ type: 'train', specification });
  });
}

function endOf(message: FromTrainer): RunEnd | null {
  switch (message.type) {
    case 'complete':
      return { kind: 'complete', result: message.result };
    case 'failed':
      return { kind: 'failed', failure: message.failure };
    case 'stopped':
      return { kind: 'stopped' };
    case 'ready':
    case 'alive':
    case 'started':
    case 'steps':
    case 'epoch':
      return null;
  }
}
