import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Stopwatch } from '../../../src-main/trainer/stopwatch.ts';
import { UsageLog } from '../../../src-main/trainer/usage-log.ts';
import { timeMetrics } from '../../../src-shared/metrics/metrics.ts';
import type { TrainerUsage } from '../../../src-shared/studies/trainer-protocol.ts';

test('a trainer tells what it used and did since it last told, and nothing before it is time', async () => {
  const told: TrainerUsage[] = [];
  const time = new Stopwatch(timeMetrics, 'loadingSeconds');
  const began = performance.now();
  const EVERY = 100;
  const usage = new UsageLog(
    (progress) => {
      if (progress.type === 'usage') told.push(progress.usage);
    },
    time,
    () => 1,
    EVERY,
  );
  usage.addImages(64);
  usage.tellNowAndThen();
  if (performance.now() - began < EVERY) assert.deepEqual(told, []);
  time.turnTo('waitingSeconds');
  await setTimeout(EVERY);
  time.turnTo('stepSeconds');
  // a core that computes
  for (const until = performance.now() + EVERY; performance.now() < until;);
  usage.addImages(64);
  usage.tellNowAndThen();
  const seconds = (performance.now() - began) / 1000;
  const last = told.at(-1) ?? assert.fail('nothing was told');
  assert.ok(last.imagesPerSecond >= 64 / seconds && last.imagesPerSecond <= 128 / 0.1);
  assert.ok(last.waitingShare > 0 && last.waitingShare < 1, String(last.waitingShare));
  assert.ok(last.cores > 0.01 && last.memoryBytes > 1e7);
  const count = told.length;
  usage.tellNowAndThen();
  if (performance.now() - began < 1000 * seconds + EVERY) assert.equal(told.length, count);
});
