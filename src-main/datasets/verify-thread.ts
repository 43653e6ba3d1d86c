/** A thread that verifies the data set of its `workerData`, a `VerifyTask`, and answers with a `VerifyAnswer`. */
import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../src-shared/contract/problem.ts';
import { verifyDataset, type VerifyAnswer, type VerifyTask } from './verify-dataset.ts';

function answer(): VerifyAnswer {
  try {
    verifyDataset(workerData as VerifyTask);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

parentPort?.postMessage(answer());
