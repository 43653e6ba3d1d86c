/** The thread that prepares batches beside the training; see batch-source.ts. */
import { workerData } from 'node:worker_threads';
import type { BatchPlan } from './batch-plan.ts';
import { batchWriter } from './batch-plan.ts';
import type { BatchRing } from './batch-ring.ts';
import { awaitFree, markFailed, markWritten, ringSlot } from './batch-ring.ts';

export interface BatchWorkerData {
  readonly plan: BatchPlan;
  readonly ring: BatchRing;
  readonly startStep: number;
  readonly totalSteps: number;
}

const { plan, ring, startStep, totalSteps } = workerData as BatchWorkerData;
try {
  const write = batchWriter(plan);
  for (let step = startStep; step < totalSteps; step++) {
    if (!awaitFree(ring, step - startStep)) break;
    const { images, labels } = ringSlot(ring, step - startStep);
    write(step, images, labels);
    markWritten(ring, cpuMilliseconds());
  }
} catch (error) {
  markFailed(ring, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** Of this thread. */
function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return Math.round((user + system) / 1000);
}
