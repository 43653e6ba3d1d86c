/** The thread that prepares batches beside the training; see batch-thread.ts. */
import { parentPort } from 'node:worker_threads';
import { type BatchPlan, type BatchWriter, openBatchWriter } from './batch-plan.ts';
import type { BatchRing } from './batch-ring.ts';
import { awaitFree, markFailed, markWritten, ringSlot } from './batch-ring.ts';

/** All batches of a run, or those until its ring is closed. */
export interface BatchTask {
  readonly plan: BatchPlan;
  readonly ring: BatchRing;
  readonly startStep: number;
  readonly totalSteps: number;
}

parentPort?.on('message', (task: BatchTask) => {
  void prepare(task).then(() => parentPort?.postMessage('done'));
});

async function prepare({ plan, ring, startStep, totalSteps }: BatchTask): Promise<void> {
  const before = cpuMilliseconds();
  let writer: BatchWriter | null = null;
  try {
    writer = openBatchWriter(plan);
    for (let step = startStep; step < totalSteps; step++) {
      if (!awaitFree(ring, step - startStep)) break;
      const { images, labels } = ringSlot(ring, step - startStep);
      await writer.write(step, images, labels);
      markWritten(ring, Math.round(cpuMilliseconds() - before));
    }
  } catch (error) {
    markFailed(ring, error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    writer?.close();
  }
}

/** Of this thread. */
function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
