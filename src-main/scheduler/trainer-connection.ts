import {
  fromTrainerSchema,
  type FromTrainer,
  type ToTrainer,
} from '../../src-shared/contract/trainer-protocol.ts';
import { describeEnd } from '../children/describe-end.ts';
import type { TrainerProcess } from './trainer-process.ts';

/** A trainer process whose messages have been validated and whose death has a cause. */
export interface TrainerConnection {
  readonly pid: number | null;
  send(message: ToTrainer): void;
  /** Sets the one who hears the messages from now on. */
  listen(listener: (message: FromTrainer) => void): void;
  /** Kills the process for a reason, which becomes the cause of its death. */
  end(cause: string): void;
  /** Why it died or is about to; null while it lives. */
  causeOfDeath(): string | null;
  /** Resolves with the cause once the process is gone. */
  readonly death: Promise<string>;
}

/** A message that the protocol does not know ends the process. */
export function connectTrainer(process: TrainerProcess): TrainerConnection {
  let listener: (message: FromTrainer) => void = () => undefined;
  let cause: string | null = null;
  const end = (reason: string): void => {
    cause ??= reason;
    process.kill();
  };
  process.onMessage((message) => {
    const parsed = fromTrainerSchema.safeParse(message);
    if (parsed.success) listener(parsed.data);
    else end(`The trainer sent a message that the protocol does not know: ${excerpt(message)}`);
  });
  const death = new Promise<string>((resolve) => {
    process.onEnd((how) => {
      cause ??= describeEnd(how, 'The trainer', 'smaller batches or fewer jobs');
      resolve(cause);
    });
  });
  return {
    pid: process.pid,
    send: (message) => process.send(message),
    listen: (next) => {
      listener = next;
    },
    end,
    causeOfDeath: () => cause,
    death,
  };
}

function excerpt(message: unknown): string {
  return (JSON.stringify(message) ?? String(message)).slice(0, 300);
}
