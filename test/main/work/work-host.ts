/**
 * A host to be stopped and killed by tests: has a worker do one task, says the worker's process when it is at work, and
 * then how it ended.
 * Usage: node work-host.ts CARRIER TASK [TIMEOUTS], the last two as JSON
 */
import { sampleWork, type CarrierName, type SampleTask } from './sample-work.ts';
import { startWorker } from '../../../src-main/work/worker.ts';
import type { Timeouts } from '../../../src-main/work/work-kind.ts';

const [carrier, task, timeouts = '{}'] = process.argv.slice(2);
const kind = sampleWork(carrier as CarrierName, JSON.parse(timeouts) as Partial<Timeouts>);
const worker = await startWorker(kind);
const onProgress = (): void => console.log(worker.about.pid);
try {
  console.log(await worker.work(JSON.parse(task ?? '') as SampleTask, { onProgress }));
} catch (error) {
  console.log(String(error));
}
await worker.leave();
