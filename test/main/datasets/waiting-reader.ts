/** Waits 3 s for a batch that a thread writes after 500 ms, and says what came of it; to be stopped meanwhile. */
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import {
  awaitWritten,
  type BatchRing,
  createRing,
  markWritten,
} from '../../../src-main/datasets/batch-ring.ts';

if (isMainThread) {
  const ring = createRing(1, 1, 1);
  new Worker(new URL(import.meta.url), { workerData: ring }).once('online', () => {
    process.stdout.write('waiting\n', () => console.log(awaitWritten(ring, 0, 3000)));
  });
} else {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  markWritten(workerData as BatchRing, 0);
}
