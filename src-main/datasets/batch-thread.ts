import { Worker } from 'node:worker_threads';
import { THREAD_LIMITS } from '../work/thread-limits.ts';
import { type BatchRing, markEnded, markFailed } from './batch-ring.ts';
import type { BatchTask } from './batch-worker.ts';

/**
 * The thread that prepares batches. It is started at its first task and stays from run to run, so that a run waits neither for
 * its start nor for code that is not compiled yet.
 */
export class BatchThread {
  #worker: Worker | null = null;
  #ring: BatchRing | null = null;
  #rested: PromiseWithResolvers<null> = Promise.withResolvers();

  /** One task at a time: the next after `rest` or `end`. */
  prepare(task: BatchTask): void {
    this.#ring = task.ring;
    this.#rested = Promise.withResolvers();
    this.#worker ??= this.#start();
    this.#worker.postMessage(task);
  }

  /** Resolves when it has left its task, whose ring is closed, or is gone. */
  async rest(): Promise<void> {
    this.#worker?.ref();
    await this.#rested.promise;
    this.#worker?.unref();
    this.#ring = null;
  }

  /** Ends it, whatever it does; resolves when it is gone. */
  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    // Flags of the main thread (--input-type, --test) may keep a worker's file from starting.
    const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), {
      execArgv: [],
      resourceLimits: THREAD_LIMITS,
    });
    worker.on('message', () => this.#rested.resolve(null));
    worker.on('error', (error) => {
      if (this.#ring) markFailed(this.#ring, String(error));
    });
    worker.on('exit', () => {
      if (this.#ring) markEnded(this.#ring);
      this.#worker = null;
      this.#rested.resolve(null);
    });
    // after the listeners: one for messages holds the process
    worker.unref();
    return worker;
  }
}
