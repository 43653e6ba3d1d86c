import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { describeDataset } from '../../../src-main/datasets/describe-dataset.ts';
import { ensureDataset } from '../../../src-main/datasets/ensure-dataset.ts';
import { inside, OUTLINES } from '../../../src-main/datasets/shapes/outline.ts';
import { SHAPES_HASH } from '../../../src-main/datasets/shapes/generate.ts';
import { openToTrain } from '../../../src-main/datasets/verify-dataset.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { ImagesInMemory } from '../../../src-main/datasets/dataset.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { inMemory } from './in-memory.ts';

test('the built-in set is made on first use, is the same everywhere, and is mended if damaged', async (context) => {
  const root = path.join(temporaryFolder(context), 'not', 'there', 'yet');
  const dataset = ensureDataset('shapes', root);
  dataset.verify();
  assert.equal(dataset.description.hash, SHAPES_HASH);
  assert.deepEqual(describeDataset('shapes', root), dataset.description);
  const training = inMemory(dataset.readTraining());
  const counts = new Array<number>(10).fill(0);
  for (const label of training.labels) counts[label] = (counts[label] ?? 0) + 1;
  assert.deepEqual(counts, new Array<number>(10).fill(400));
  // No image appears twice, in either part.
  const test = inMemory(dataset.readTest());
  const seen = new Set<string>();
  for (const part of [training, test]) {
    for (let index = 0; index < part.count; index++) {
      seen.add(Buffer.from(part.images.slice(index * 3072, index * 3072 + 300)).toString('latin1'));
    }
  }
  assert.equal(seen.size, 5000);

  fs.truncateSync(path.join(root, 'shapes', 'training.bin'), 10);
  const mended = await openToTrain({ name: 'shapes', dataRoot: root });
  assert.equal(mended.readTraining().count, 4000);
  const file = fs.openSync(path.join(root, 'shapes', 'test.bin'), 'r+');
  fs.writeSync(file, Uint8Array.of(1, 2, 3), 0, 3, 2_000_000);
  fs.closeSync(file);
  await assert.rejects(openToTrain({ name: 'shapes', dataRoot: root }), {
    code: 'data-invalid',
    message: /its images or labels have changed/,
  });
});

test('the outlines are of similar area, so that size does not tell them apart', () => {
  for (const outline of OUTLINES) {
    let hits = 0;
    for (let y = -1.5; y < 1.5; y += 0.01)
      for (let x = -1.5; x < 1.5; x += 0.01) if (inside(outline, x, y)) hits += 1;
    const area = hits * 0.0001;
    assert.ok(area > 2.3 && area < 3.4, `${outline} has an area of ${area}`);
  }
});

test('a large data set is not read before a study, whose trainers find what is damaged', async (context) => {
  const root = temporaryFolder(context);
  const part = (count: number): ImagesInMemory => ({
    ...{ count, shape: [100, 100, 3], labels: new Uint16Array(count) },
    images: new Uint8Array(count * 30_000),
  });
  writePrepared(root, 'large', { classes: ['a', 'b'], training: part(700), test: part(1), source: 'a test' });
  const training = path.join(root, 'large', 'training.bin');
  fs.truncateSync(training, 20_000_000);
  await assert.rejects(openToTrain({ name: 'large', dataRoot: root }), {
    code: 'data-invalid',
    message: /training\.bin is truncated/,
  });
  const file = fs.openSync(training, 'r+');
  fs.ftruncateSync(file, 700 * 30_002);
  fs.writeSync(file, Uint8Array.of(1), 0, 1, 10_000_000);
  fs.closeSync(file);
  const dataset = await openToTrain({ name: 'large', dataRoot: root });
  assert.throws(() => dataset.readTraining(), { code: 'data-invalid', message: /have changed/ });
});

test('other data sets must have been added, and the message says how', async (context) => {
  const root = temporaryFolder(context);
  assert.throws(() => ensureDataset('cifar10', root), {
    code: 'data-missing',
    message: /kindling dataset add cifar10/,
  });
  assert.throws(() => ensureDataset('cifar11', root), {
    code: 'data-missing',
    message: /Available: shapes .*kmnist/,
  });
  assert.throws(() => ensureDataset('../evil', root), { code: 'usage' });
  await assert.rejects(openToTrain({ name: 'cifar10', dataRoot: root }), { code: 'data-missing' });
});
