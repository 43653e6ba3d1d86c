import { Worker } from 'node:worker_threads';
import { problemOf } from '../../src-shared/contract/problem.ts';
import { CANCEL, type FromThread } from './thread-messages.ts';

export interface ThreadOptions<Progress> {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * How the work ends when it is cancelled: it is asked to, or stopped in the middle, which only suits what leaves
   * nothing behind.
   */
  readonly whenCancelled?: 'asked' | 'stopped';
}

/**
 * Does work that takes its time in a thread of its own, while the caller goes on.
 * @param program a file that calls `answerAsThread`
 * @throws Problem of the work, the signal's reason, Error for a bug of the work
 */
export async function runInThread<Result, Progress = never>(
  program: URL,
  task: unknown,
  { onProgress, signal, whenCancelled = 'asked' }: ThreadOptions<Progress> = {},
): Promise<Result> {
  signal?.throwIfAborted();
  // Flags of the main thread (--input-type, --test) may keep a thread's file from starting.
  const worker = new Worker(program, { workerData: task, execArgv: [] });
  const cancel = (): void => {
    if (whenCancelled === 'stopped') void worker.terminate();
    else worker.postMessage(CANCEL);
  };
  signal?.addEventListener('abort', cancel);
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on('message', (message: FromThread<Result, Progress>) => {
        switch (message.type) {
          case 'progress':
            onProgress?.(message.progress);
            break;
          case 'done':
            resolve(message.result);
            break;
          case 'cancelled':
            reject(signal?.reason as Error);
            break;
          case 'failed':
            reject(problemOf(message.problem));
        }
      });
      worker.once('error', reject);
      worker.once('exit', () =>
        reject(
          signal?.aborted
            ? (signal.reason as Error)
            : new Error(`the thread of ${program.pathname} ended without an answer`),
        ),
      );
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
