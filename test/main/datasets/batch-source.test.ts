import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openBatchWriter } from '../../../src-main/datasets/batch-plan.ts';
import type { BatchSource } from '../../../src-main/datasets/batch-source.ts';
import { openBatchSource } from '../../../src-main/datasets/batch-source.ts';
import { BatchThread } from '../../../src-main/datasets/batch-thread.ts';
import { channelStatistics } from '../../../src-main/datasets/normalization.ts';
import { splitTraining } from '../../../src-main/datasets/split-training.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { startHost } from '../work/started-host.ts';
import { randomPart } from './small-content.ts';

const part = randomPart(50, [6, 6, 3], 5);
const { training: indices } = splitTraining(part, 5, 0.2);
const statistics = channelStatistics(part, indices);
const recipe = recipeSchema.parse({
  batch: 12,
  epochs: 3,
  augment: ['crop', 'flip', 'rotation', 'cutout'],
  cutoutSize: 2,
});
const plan = { part, pictures: null, indices, statistics, recipe, seed: 4 };

interface Taken {
  readonly step: number;
  readonly epoch: number;
  readonly images: number[];
  readonly labels: number[];
}

function takeAll(source: BatchSource<Float32Array>): Taken[] {
  const taken: Taken[] = [];
  for (let batch = source.take(); batch !== null; batch = source.take()) {
    taken.push({ ...batch, images: [...batch.images], labels: [...batch.labels] });
  }
  return taken;
}

test('the worker delivers every step in order, and what the plan says', async () => {
  const source = openBatchSource({ ...plan, slots: 2 });
  const taken = takeAll(source);
  assert.equal(source.take(), null);
  await source.close();
  await source.close();
  // 40 images make three batches of 12; four are left out in each epoch.
  assert.equal(source.stepsPerEpoch, 3);
  assert.deepEqual(
    taken.map(({ step }) => step),
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.deepEqual(
    taken.map(({ epoch }) => epoch),
    [0, 0, 0, 1, 1, 1, 2, 2, 2],
  );
  const writer = openBatchWriter(plan);
  const images = new Float32Array(12 * 108);
  const labels = new Int32Array(12);
  // Backwards: a batch depends on its step, not on what was written before.
  for (const batch of taken.toReversed()) {
    await writer.write(batch.step, images, labels);
    assert.deepEqual(batch.images, [...images]);
    assert.deepEqual(batch.labels, [...labels]);
  }
});

test('any number of batches ahead: none is lost, and nobody waits for ever', async () => {
  const expected = takeAll(openBatchSource(plan));
  for (const slots of [1, 2, 3, 5, 20]) {
    const source = openBatchSource({ ...plan, slots });
    assert.deepEqual(takeAll(source), expected, `${slots} slots`);
    await source.close();
  }
});

test('a run that goes on in the middle sees the same batches', async () => {
  const whole = openBatchSource(plan);
  const rest = openBatchSource({ ...plan, startStep: 5 });
  assert.deepEqual(takeAll(whole).slice(5), takeAll(rest));
  await Promise.all([whole.close(), rest.close()]);
});

test('a thread that stays prepares one run after another, whatever became of the run before', async () => {
  const thread = new BatchThread();
  const expected = takeAll(openBatchSource(plan));
  const left = openBatchSource({ ...plan, thread });
  assert.equal(left.take()?.step, 0);
  await left.close();
  const failed = openBatchSource({ ...plan, seed: 0.5, thread });
  assert.throws(() => failed.take(), /preparing batch 0 failed/);
  await failed.close();
  const whole = openBatchSource({ ...plan, slots: 2, thread });
  assert.deepEqual(takeAll(whole), expected);
  await whole.close();
  await thread.end();
  const again = openBatchSource({ ...plan, thread });
  assert.deepEqual(takeAll(again), expected);
  await again.close();
  await thread.end();
});

test('that the thread has ended without a word is noticed at once, and its next run has a new one', async () => {
  const thread = new BatchThread();
  const source = openBatchSource({ ...plan, thread });
  const ready = source.ready();
  const began = performance.now();
  await thread.end();
  await ready;
  assert.ok(performance.now() - began < 30_000);
  assert.throws(() => source.take(), {
    code: 'process-died',
    message: /ended without a word before batch 0/,
  });
  await source.close();
  const next = openBatchSource({ ...plan, thread });
  const found: number[] = [];
  for (;;) {
    await next.ready();
    const batch = next.take();
    if (batch === null) break;
    found.push(...batch.images);
  }
  assert.deepEqual(
    found,
    takeAll(openBatchSource(plan)).flatMap(({ images }) => images),
  );
  await next.close();
  await thread.end();
});

test('an epoch shows each image at most once, only from its indices, in an order of its own and of the seed', async () => {
  // Every image is one colour, its own index, so that it can be told in a batch.
  const plain = {
    count: 50,
    shape: [1, 1, 1] as const,
    images: Uint8Array.from({ length: 50 }, (_, i) => i),
    labels: part.labels,
  };
  const identity = { mean: [0], std: [1 / 255] };
  const order = async (seed: number, epoch: number): Promise<number[]> => {
    const writer = openBatchWriter({
      ...plan,
      part: plain,
      statistics: identity,
      recipe: { ...recipe, augment: [] },
      seed,
    });
    const images = new Float32Array(12);
    const seen: number[] = [];
    for (const step of [0, 1, 2]) {
      await writer.write(epoch * 3 + step, images, new Int32Array(12));
      seen.push(...[...images].map(Math.round));
    }
    return seen;
  };
  const first = await order(1, 0);
  assert.equal(new Set(first).size, 36);
  assert.ok(first.every((index) => indices.includes(index)));
  assert.notDeepEqual(first, await order(1, 1));
  assert.notDeepEqual(first, await order(2, 0));
  assert.deepEqual(first, await order(1, 0));
});

test('an image is varied alike whatever the batch size', async () => {
  const varied = async (batch: number): Promise<Map<string, number>> => {
    const writer = openBatchWriter({ ...plan, recipe: { ...recipe, batch } });
    const images = new Float32Array(batch * 108);
    const seen = new Map<string, number>();
    for (let step = 0; step < Math.floor(40 / batch); step++) {
      await writer.write(step, images, new Int32Array(batch));
      for (let place = 0; place < batch; place++)
        seen.set([...images.subarray(place * 108, place * 108 + 108)].join(), 1);
    }
    return seen;
  };
  const large = await varied(40);
  for (const image of (await varied(8)).keys()) assert.ok(large.has(image));
});

test('a batch larger than the data is refused', () => {
  assert.throws(() => openBatchSource({ ...plan, recipe: { ...recipe, batch: 41 } }), {
    code: 'data-invalid',
    message: /training\.batch is 41, but there are only 40 training images/,
  });
});

test('an error in the worker surfaces at the next take', async () => {
  // Streams are named by integers, which the worker finds out.
  const source = openBatchSource({ ...plan, seed: 0.5 });
  assert.throws(() => source.take(), /preparing batch 0 failed: RangeError: .*0\.5/);
  await source.close();
});

test('a process ends although its source was never closed or emptied', () => {
  const script = `
    import { openBatchSource } from './src-main/datasets/batch-source.ts';
    const part = { count: 8, shape: [1, 1, 1], images: new Uint8Array(8), labels: new Uint16Array(8) };
    const recipe = { batch: 2, epochs: 100, augment: [], cropPadding: 1, rotationDegrees: 1, cutoutSize: 1 };
    const source = openBatchSource({ part, pictures: null, indices: Uint32Array.from([0, 1, 2, 3]), recipe, seed: 0, statistics: { mean: [0], std: [1] } });
    console.log(source.take().step);`;
  const root = new URL('../../..', import.meta.url).pathname;
  const args = ['--input-type=module-typescript', '-e', script];
  const output = execFileSync(process.execPath, args, { cwd: root, timeout: 20_000, encoding: 'utf8' });
  assert.equal(output.trim(), '0');
});

test('a pause of the whole program is no silence of the worker', async (context) => {
  const reader = startHost(context, [], join(import.meta.dirname, 'waiting-reader.ts'));
  assert.equal(await reader.line(), 'waiting');
  process.kill(reader.pid, 'SIGSTOP');
  await setTimeout(3500);
  process.kill(reader.pid, 'SIGCONT');
  assert.equal(await reader.line(), 'ready');
});
