import { parentPort, workerData } from 'node:worker_threads';
import { Problem, problemContent } from '../../src-shared/contract/problem.ts';
import { CANCEL, type FromThread, type ThreadWork } from './thread-messages.ts';

/**
 * The whole of a thread's program: does its work with the task that it was started with, and answers
 * `runInThread`. What it throws besides a Problem is a bug, and ends the thread.
 */
export function answerAsThread<Task, Result, Progress>(work: ThreadWork<Task, Result, Progress>): void {
  void answer(work);
}

async function answer<Task, Result, Progress>(work: ThreadWork<Task, Result, Progress>): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const post = (message: FromThread<Result, Progress>): void => parentPort?.postMessage(message);
  parentPort?.on('message', (message) => {
    if (message === CANCEL) controller.abort();
  });
  try {
    const onProgress = (progress: Progress): void => post({ type: 'progress', progress });
    post({ type: 'done', result: await work(workerData as Task, { onProgress, signal }) });
  } catch (error) {
    if (signal.aborted) post({ type: 'cancelled' });
    else if (error instanceof Problem) post({ type: 'failed', problem: problemContent(error) });
    else throw error;
  } finally {
    // nothing else is listened to: without the port the thread ends
    parentPort?.close();
  }
}
