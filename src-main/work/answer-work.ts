import { parentPort, type MessagePort } from 'node:worker_threads';
import { Problem, problemContent } from '../../src-shared/mistakes/problem.ts';
import {
  type FromWorker,
  type ToWorker,
  toWorkerSchema,
  WORK_PROTOCOL_VERSION,
} from '../../src-shared/contract/work-protocol.ts';
import type { WorkKind } from './work-kind.ts';

/** What work is given besides its task. */
export interface WorkControl<Progress> {
  readonly onProgress: (progress: Progress) => void;
  /** Fires when the work is no longer wanted; it then throws, whatever it throws. */
  readonly signal: AbortSignal;
  readonly pause: Pause;
}

/**
 * Awaited now and then by work that takes its time: lets messages in, tells that the work goes on, and throws once it is
 * no longer wanted.
 */
export type Pause = () => Promise<void>;

export interface OpenedWork<Task, Result, Progress, About> {
  readonly about: About;
  readonly work: (task: Task, control: WorkControl<Progress>) => Result | Promise<Result>;
}

type Open<Task, Result, Progress, About> = (
  pause: Pause,
) => OpenedWork<Task, Result, Progress, About> | Promise<OpenedWork<Task, Result, Progress, About>>;

/** Work that pauses more often does not turn the event loop each time, which would take a percent of a short training step. */
const HEAR_EVERY_MS = 50;

class Cancelled extends Error {}

/**
 * The whole of a worker's program: gets ready, does what it is asked, job by job, and leaves when it is told to or nobody
 * is there any more. What a job throws besides a Problem is told as a bug; what `open` throws besides a Problem ends it.
 *
 * @param open makes ready what stays from job to job; `pause` is that of the job in progress, the first of several
 */
export function answerWork<Task, Result, Progress, About>(
  kind: WorkKind<Task, Result, Progress, About>,
  open: Open<Task, Result, Progress, About>,
): void {
  const answering = new Answering(kind, parentPort === null ? processPort() : threadPort(parentPort));
  void answering.start(open);
}

class Answering<Task, Result, Progress, About> {
  readonly #kind: WorkKind<Task, Result, Progress, About>;
  readonly #port: Port;
  readonly #jobs = new Map<number, Job>();
  #isLeaving = false;
  #spokeAt = 0;
  #heardAt = 0;

  constructor(kind: WorkKind<Task, Result, Progress, About>, port: Port) {
    this.#kind = kind;
    this.#port = port;
  }

  async start(open: Open<Task, Result, Progress, About>): Promise<void> {
    try {
      const { about, work } = await open(() => this.#pause(this.#jobs.values().next().value));
      this.#port.listen((message) => this.#hear(toWorkerSchema.parse(message), work));
      this.#say({ type: 'ready', protocol: WORK_PROTOCOL_VERSION, about });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#say({ type: 'unable', problem: problemContent(error) });
    }
  }

  #hear(message: ToWorker, work: OpenedWork<Task, Result, Progress, About>['work']): void {
    switch (message.type) {
      case 'do':
        if (this.#jobs.size > 0 && !this.#kind.takesSeveral)
          throw new Error('asked for a second job at once');
        void this.#do(message, work);
        break;
      case 'cancel':
        this.#jobs.get(message.job)?.controller.abort(new Cancelled());
        break;
      case 'leave':
        this.#isLeaving = true;
        this.#closeIfLeft();
        break;
    }
  }

  async #do(
    { job, task, aliveEvery }: Extract<ToWorker, { type: 'do' }>,
    work: OpenedWork<Task, Result, Progress, About>['work'],
  ): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    const own: Job = { aliveEvery, controller };
    this.#jobs.set(job, own);
    const onProgress = (progress: Progress): void => this.#say({ type: 'progress', job, progress });
    const pause = (): Promise<void> => this.#pause(own);
    try {
      const result = await work(this.#kind.task.parse(task), { onProgress, signal, pause });
      this.#say({ type: 'done', job, result });
    } catch (error) {
      this.#say(signal.aborted ? { type: 'cancelled', job } : failure(job, error));
    }
    this.#jobs.delete(job);
    this.#closeIfLeft();
  }

  #closeIfLeft(): void {
    if (this.#isLeaving && this.#jobs.size === 0) this.#port.close();
  }

  async #pause(job: Job | undefined): Promise<void> {
    const isDue = performance.now() - this.#heardAt >= HEAR_EVERY_MS;
    if (isDue) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.#heardAt = performance.now();
    }
    // also where another job has just let the messages in
    job?.controller.signal.throwIfAborted();
    if (isDue && job && performance.now() - this.#spokeAt > job.aliveEvery) this.#say({ type: 'alive' });
  }

  #say(message: FromWorker): void {
    this.#spokeAt = performance.now();
    this.#port.post(message);
  }
}

interface Job {
  readonly aliveEvery: number;
  readonly controller: AbortController;
}

function failure(job: number, error: unknown): FromWorker {
  if (error instanceof Problem) return { type: 'failed', job, problem: problemContent(error) };
  if (!(error instanceof Error))
    return { type: 'bug', job, name: 'Error', message: String(error), stack: '' };
  const { name, message, stack = '' } = error;
  return { type: 'bug', job, name, message, stack };
}

interface Port {
  post(message: FromWorker): void;
  listen(listener: (message: unknown) => void): void;
  /** Nothing else is listened to: without it the process or thread ends. */
  close(): void;
}

function threadPort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => void port.on('message', listener),
    close: () => port.close(),
  };
}

function processPort(): Port {
  // the host is gone
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C in a terminal may reach it, too, and what a cluster tells all processes of a job; the host decides what becomes of the work
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  return {
    // without anyone who listens, nothing is said: `disconnect` follows and ends the process
    post: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    listen: (listener) => void process.on('message', listener),
    close: () => process.disconnect(),
  };
}
