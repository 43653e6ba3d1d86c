import { Problem, problemOf } from '../../src-shared/mistakes/problem.ts';
import { type FromWorker, WORK_PROTOCOL_VERSION } from '../../src-shared/contract/work-protocol.ts';
import { awakeTimer } from './awake-timer.ts';
import type { Carrier } from './carrier.ts';
import { startProcess } from './child-process.ts';
import { connect, type Connection, unknownMessage } from './connection.ts';
import { doJob, type JobControl } from './do-job.ts';
import type { WorkerDied } from './worker-died.ts';
import { startThread } from './worker-thread.ts';
import type { WorkKind } from './work-kind.ts';

/** A process or thread that is ready to do work of one kind, and stays so from job to job. */
export interface Worker<Task, Result, Progress = never, About = null> {
  /** Null for a thread. */
  readonly pid: number | null;
  readonly about: About;
  /** Why it can do nothing any more; null while it lives. */
  death(): WorkerDied | null;
  /** Does one job; one at a time, but of a kind that takes several. @throws as `doJob` */
  work(task: Task, control?: JobControl<Progress>): Promise<Result>;
  /** Lets it leave, and kills it if it does not. Resolves when it is gone. */
  leave(): Promise<void>;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

export interface StartOptions {
  /** What a process needs in its environment, besides that of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends it as long as it is not ready. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a worker and waits until it is ready.
 *
 * @throws WorkerDied if it ends, is silent for too long or says anything else before; Problem if it says why it can do
 *   nothing, and `process-died` if it speaks another version of the protocol; the signal's reason
 */
export async function startWorker<Task, Result, Progress, About>(
  kind: WorkKind<Task, Result, Progress, About>,
  { environment = {}, signal }: StartOptions = {},
): Promise<Worker<Task, Result, Progress, About>> {
  signal?.throwIfAborted();
  const carrier = start(kind, environment);
  const connection = connect(carrier, kind);
  const kill = (): void => connection.end(`${kind.who} was ended.`);
  signal?.addEventListener('abort', kill);
  const about = await greeting(connection, kind)
    .catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    })
    .finally(() => signal?.removeEventListener('abort', kill));
  let jobs = 0;
  let atWork = 0;
  return {
    pid: connection.pid,
    about,
    death: () => connection.death(),
    work: async (task, control = {}) => {
      const death = connection.death();
      if (death !== null) throw death;
      if (atWork > 0 && !kind.takesSeveral) throw new Error(`${kind.who} was asked for a second job at once`);
      atWork++;
      try {
        return await doJob(connection, kind, ++jobs, task, control);
      } finally {
        atWork--;
      }
    },
    leave: async () => {
      connection.send({ type: 'leave' });
      const late = awakeTimer(kind.timeouts.leave, kill);
      await connection.gone;
      late.stop();
    },
    kill,
  };
}

function start(
  { carrier, program }: Pick<WorkKind<never, unknown>, 'carrier' | 'program'>,
  environment: Readonly<Record<string, string>>,
): Carrier {
  return carrier === 'process' ? startProcess(program, environment) : startThread(program);
}

/** What the worker says of itself in its first message. */
async function greeting<Task, Result, Progress, About>(
  connection: Connection,
  kind: WorkKind<Task, Result, Progress, About>,
): Promise<About> {
  const message = await firstMessage(connection, kind);
  if (message.type === 'unable') {
    connection.end(message.problem.message);
    throw problemOf(message.problem);
  }
  if (message.type === 'ready' && message.protocol !== WORK_PROTOCOL_VERSION) {
    connection.end('It uses another version of the protocol.');
    throw wrongVersion(kind.who, message.protocol);
  }
  const about = message.type === 'ready' ? kind.about.safeParse(message.about) : null;
  if (about?.success) return about.data;
  connection.end(unknownMessage(kind.who, message));
  throw await connection.gone;
}

async function firstMessage(
  connection: Connection,
  { who, timeouts }: Pick<WorkKind<never, unknown>, 'who' | 'timeouts'>,
): Promise<FromWorker> {
  const late = awakeTimer(timeouts.ready, () =>
    connection.end(`${who} was not ready after ${timeouts.ready / 1000} s.`),
  );
  const { promise: first, resolve } = Promise.withResolvers<FromWorker>();
  const stopListening = connection.listen(resolve);
  try {
    return await Promise.race([first, connection.gone.then((death) => Promise.reject(death))]);
  } finally {
    late.stop();
    stopListening();
  }
}

function wrongVersion(who: string, protocol: number): Problem {
  return new Problem(
    'process-died',
    `${who} uses version ${protocol} of the protocol, this Kindling uses version ${WORK_PROTOCOL_VERSION}: they come from different installations. Reinstall Kindling (npm ci).`,
  );
}
