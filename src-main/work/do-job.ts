import { fixed } from '../../src-shared/numbers.ts';
import { problemOf } from '../../src-shared/mistakes/problem.ts';
import type { FromWorker } from '../../src-shared/contract/work-protocol.ts';
import { type AwakeTimer, awakeTimer } from './awake-timer.ts';
import { type Connection, unknownMessage } from './connection.ts';
import type { WorkKind } from './work-kind.ts';

/** How a host follows a job. */
export interface JobControl<Progress> {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Fires when the job is no longer wanted: it is asked to end, and killed if it does not. */
  readonly signal?: AbortSignal | undefined;
}

/** How often a worker gives a sign of life in the time after which it counts as hung, and how seldom at most. */
const SIGNS = 4;
const LONGEST_PAUSE = 30_000;

/**
 * A job ends between two of its steps, and hears nothing in them. How long they take is known by how long it was silent at most: it gets so
 * many times as long to end, for the step that it is in and for what it has to write.
 */
const PAUSES = 4;

/** Milliseconds between two messages at most, the present pause included. */
function longestPause(): { readonly heard: () => void; readonly longest: () => number } {
  let longest = 0;
  let last = performance.now();
  const now = (): number => Math.max(longest, performance.now() - last);
  return {
    heard: () => {
      longest = now();
      last = performance.now();
    },
    longest: now,
  };
}

/** An error in a worker that nobody expected, with the stack that it had there. */
class WorkerBug extends Error {}

/**
 * Has a worker that is ready do one job.
 *
 * @throws Problem of the work; the signal's reason; WorkerDied if the worker ends, is silent for too long or says what
 *   the protocol does not know; Error for a bug of the work, or what `onProgress` throws
 */
export function doJob<Task, Result, Progress, About>(
  connection: Connection,
  kind: WorkKind<Task, Result, Progress, About>,
  job: number,
  task: Task,
  { onProgress, signal }: JobControl<Progress>,
): Promise<Result> {
  signal?.throwIfAborted();
  const { who, timeouts } = kind;
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const silence = awakeTimer(timeouts.silence, () =>
    connection.end(`${who} gave no sign of life for ${timeouts.silence / 1000} s and was killed.`),
  );
  const pauses = longestPause();
  let grace: AwakeTimer | null = null;
  const giveUp = (milliseconds: number): void =>
    connection.end(`${who} was still at work ${fixed(milliseconds / 1000, 1)} s after it was cancelled.`);
  const cancel = (): void => {
    if (timeouts.grace === 0) return giveUp(0);
    connection.send({ type: 'cancel', job });
    const given = Math.max(timeouts.grace, Math.min(timeouts.silence, PAUSES * pauses.longest()));
    grace = awakeTimer(given, () => giveUp(given));
  };
  const hear = (message: FromWorker): void => {
    silence.reset();
    pauses.heard();
    if (!('job' in message) || message.job !== job) return;
    switch (message.type) {
      case 'progress': {
        const progress = kind.progress.safeParse(message.progress);
        if (progress.success) onProgress?.(progress.data);
        else connection.end(unknownMessage(who, message));
        break;
      }
      case 'done': {
        const result = kind.result.safeParse(message.result);
        if (result.success) resolve(result.data);
        else connection.end(unknownMessage(who, message));
        break;
      }
      case 'failed':
        reject(problemOf(message.problem));
        break;
      case 'bug':
        reject(bug(message));
        break;
      case 'cancelled':
        reject(signal?.aborted ? (signal.reason as Error) : new Error(`${who} ended a job by itself`));
        break;
    }
  };
  const stopListening = connection.listen((message) => {
    try {
      hear(message);
    } catch (error) {
      // of the listener: nobody could take what else is told
      reject(error);
      connection.end(`${who} was ended because its message could not be processed.`);
    }
  });
  void connection.gone.then((death) => reject(signal?.aborted ? (signal.reason as Error) : death));
  signal?.addEventListener('abort', cancel);
  connection.send({ type: 'do', job, task, aliveEvery: Math.min(LONGEST_PAUSE, timeouts.silence / SIGNS) });
  return promise.finally(() => {
    silence.stop();
    grace?.stop();
    signal?.removeEventListener('abort', cancel);
    stopListening();
  });
}

function bug({ name, message, stack }: Extract<FromWorker, { type: 'bug' }>): WorkerBug {
  return Object.assign(new WorkerBug(message), { name, stack });
}
