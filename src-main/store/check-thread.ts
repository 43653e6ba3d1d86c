/** A thread that checks the store named by its `workerData`, and answers with a `CheckAnswer`. */
import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../src-shared/contract/problem.ts';
import { checkStore, type CheckAnswer } from './check-store.ts';

function answer(): CheckAnswer {
  try {
    return { check: checkStore(workerData as string) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, message: error.message };
  }
}

parentPort?.postMessage(answer());
