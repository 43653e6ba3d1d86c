import { fromWorkerSchema, type FromWorker, type ToWorker } from '../../src-shared/contract/work-protocol.ts';
import { type Carrier, LONGEST_KILL } from './carrier.ts';
import { describeEnd, isOutOfMemory } from './describe-end.ts';
import { WorkerDied } from './worker-died.ts';
import type { WorkKind } from './work-kind.ts';

/** A worker whose messages have been checked and whose death has a cause. */
export interface Connection {
  readonly pid: number | null;
  send(message: ToWorker): void;
  /** Has messages heard from now on. @returns ends that */
  listen(listener: (message: FromWorker) => void): () => void;
  /** Kills the worker for a reason, which becomes the cause of its death. */
  end(cause: string): void;
  /** Why it died or is about to; null while it lives. */
  death(): WorkerDied | null;
  /** Resolves once it is gone. */
  readonly gone: Promise<WorkerDied>;
}

type Named = Pick<WorkKind<unknown, unknown>, 'who' | 'lessMemory'>;

/** A message that the protocol does not know ends the worker. */
export function connect(carrier: Carrier, { who, lessMemory }: Named): Connection {
  const listeners = new Set<(message: FromWorker) => void>();
  let death: WorkerDied | null = null;
  const { promise: gone, resolve } = Promise.withResolvers<WorkerDied>();
  const end = (cause: string): void => {
    const reason = (death ??= new WorkerDied('process-died', cause));
    carrier.kill();
    const late = setTimeout(() => resolve(reason), LONGEST_KILL);
    void gone.then(() => clearTimeout(late));
  };
  carrier.onMessage((message) => {
    if (death !== null) return;
    const parsed = fromWorkerSchema.safeParse(message);
    if (parsed.success) for (const listener of listeners) listener(parsed.data);
    else end(unknownMessage(who, message));
  });
  carrier.onEnd((how) => {
    death ??= new WorkerDied(
      isOutOfMemory(how) ? 'out-of-memory' : 'process-died',
      describeEnd(how, who, lessMemory),
    );
    resolve(death);
  });
  return {
    pid: carrier.pid,
    send: (message) => carrier.send(message),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end,
    death: () => death,
    gone,
  };
}

export function unknownMessage(who: string, message: unknown): string {
  return `${who} sent a message that is not in the protocol: ${excerpt(message)}`;
}

function excerpt(message: unknown): string {
  return (JSON.stringify(message) ?? String(message)).slice(0, 300);
}
