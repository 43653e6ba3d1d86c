import { Problem } from '../../src-shared/contract/problem.ts';
import {
  TRAINER_PROTOCOL_VERSION,
  type EngineDescription,
  type FromTrainer,
  type RunSpecification,
} from '../../src-shared/contract/trainer-protocol.ts';
import { trainRun, type RunEnd, type RunMessage } from './train-run.ts';
import { connectTrainer, type TrainerConnection } from './trainer-connection.ts';
import type { TrainerProcess } from './trainer-process.ts';

/** A trainer that is ready, kept warm between runs. */
export interface Trainer {
  readonly pid: number | null;
  readonly engine: EngineDescription;
  /** Why it died; null while it can train. */
  causeOfDeath(): string | null;
  /** Trains one run; one at a time. Never rejects (see `trainRun`). */
  train(specification: RunSpecification, onMessage: (message: RunMessage) => void): Promise<RunEnd>;
  /** Asks the run in progress to end after the present step. */
  stop(): void;
  /** Lets it leave, and kills it if it does not. Resolves when it is gone. */
  quit(): Promise<void>;
}

/** How long a trainer may take, in milliseconds. */
export interface Patience {
  /** From the start of the process to its `ready`. */
  readonly ready: number;
  /** Without a message during a run, after which it counts as hung. */
  readonly silence: number;
  /** To leave when asked to. */
  readonly quit: number;
}

export const PATIENCE: Patience = { ready: 120_000, silence: 600_000, quit: 5_000 };

/** A trainer ended before it was ready. */
export class TrainerDied extends Error {}

/**
 * Waits until a started process announces itself.
 *
 * @throws TrainerDied if it ends or is silent before; Problem `engine-invalid` if it speaks another version of
 *   the protocol (it is then killed).
 */
export async function readyTrainer(process: TrainerProcess, patience: Patience): Promise<Trainer> {
  const connection = connectTrainer(process);
  const message = await firstMessage(connection, patience.ready);
  if (message.type !== 'ready') {
    connection.end(`The trainer sent "${message.type}" before "ready".`);
    throw new TrainerDied(await connection.death);
  }
  if (message.protocol !== TRAINER_PROTOCOL_VERSION) {
    connection.end('It speaks another version of the protocol.');
    throw wrongVersion(message.protocol);
  }
  return {
    pid: connection.pid,
    engine: message.engine,
    causeOfDeath: () => connection.causeOfDeath(),
    train: (specification, onMessage) => trainRun(connection, specification, onMessage, patience.silence),
    stop: () => connection.send({ type: 'stop' }),
    quit: async () => {
      connection.send({ type: 'quit' });
      const impatience = setTimeout(() => connection.end('It did not leave when asked to.'), patience.quit);
      await connection.death;
      clearTimeout(impatience);
    },
  };
}

async function firstMessage(connection: TrainerConnection, patience: number): Promise<FromTrainer> {
  const late = setTimeout(
    () => connection.end(`The trainer was not ready after ${patience / 1000} s.`),
    patience,
  );
  try {
    return await Promise.race([
      new Promise<FromTrainer>((resolve) => connection.listen(resolve)),
      connection.death.then((cause) => Promise.reject(new TrainerDied(cause))),
    ]);
  } finally {
    clearTimeout(late);
  }
}

function wrongVersion(protocol: number): Problem {
  return new Problem(
    'engine-invalid',
    `The trainer speaks version ${protocol} of the protocol, this Kindling speaks ${TRAINER_PROTOCOL_VERSION}: they come from different installations. Install Kindling anew (npm ci).`,
  );
}
