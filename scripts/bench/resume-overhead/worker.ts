/**
 * Trains a network again and again in a process of its own, with resume checkpoints and without: `node worker.ts SPECIFICATION`, a file. It
 * prints its threads; then it trains for each line on standard input, `{"isWith"}`, and answers with a line: `TrainingCost`.
 */
import { readFileSync, rmSync } from 'node:fs';
import readline from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import {
  keepLastResumeCheckpoints,
  removeResumeCheckpoints,
} from '../../../src-main/checkpoints/resume-checkpoints.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { ResumeWriter } from '../../../src-main/trainer/resume-writer.ts';
import { trainRun } from '../../../src-main/trainer/train-run.ts';
import { TrainingCache } from '../../../src-main/trainer/training-cache.ts';
import {
  runSpecificationSchema,
  type TrainingProgress,
} from '../../../src-shared/studies/trainer-protocol.ts';
import type { TrainingCost } from './training-cost.ts';

/** As rarely as a trainer hears its host. */
const HEAR_EVERY_MS = 50;

const [file = ''] = process.argv.slice(2);
const specification = runSpecificationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const { artifacts } = specification;
const cache = new TrainingCache(await openEngine(selectedEngine(kindlingHome())));
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on its object
const { isDue } = ResumeWriter.prototype;

async function train(isWith: boolean): Promise<TrainingCost> {
  ResumeWriter.prototype.isDue = function (this: ResumeWriter, step, isEpochEnd) {
    return isWith && isDue.call(this, step, isEpochEnd);
  };
  let checkpoints = 0;
  let heard = performance.now();
  const removals: Promise<void>[] = [];
  // as who records the points does
  const tell = (progress: TrainingProgress): void => {
    if (progress.type !== 'resume checkpoint') return;
    checkpoints++;
    removals.push(keepLastResumeCheckpoints(artifacts, progress.step));
  };
  const pause = async (): Promise<void> => {
    if (performance.now() - heard < HEAR_EVERY_MS) return;
    await setImmediate();
    heard = performance.now();
  };
  const began = performance.now();
  const before = process.cpuUsage();
  await trainRun(specification, { cache, tell, pause });
  await Promise.all(removals);
  removeResumeCheckpoints(artifacts);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  rmSync(artifacts, { recursive: true, force: true });
  return { cpuSeconds: (user + system) / 1e6, seconds, checkpoints };
}

console.log(JSON.stringify({ threads: cache.engine.description.threads }));
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { isWith } = JSON.parse(line) as { readonly isWith: boolean };
  console.log(JSON.stringify(await train(isWith)));
}
