import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelStatistics, normalizationTable } from '../../../src-main/datasets/normalization.ts';
import { allIndices, evaluationBatches } from '../../../src-main/datasets/evaluation-batches.ts';
import { splitTraining } from '../../../src-main/datasets/split-training.ts';
import { randomPart } from './small-content.ts';

test('the validation cut is stratified, complete, and a function of the data alone', () => {
  const part = randomPart(100, [1, 1, 1], 3);
  const { training, validation } = splitTraining(part, 3, 0.2);
  // 34, 33 and 33 images, a fifth of each rounded.
  for (const label of [0, 1, 2]) {
    assert.equal(validation.filter((index) => part.labels[index] === label).length, 7);
  }
  assert.deepEqual(
    [...training, ...validation].sort((a, b) => a - b),
    [...Array(100).keys()],
  );
  assert.deepEqual(splitTraining(part, 3, 0.2), { training, validation });
  const limited = splitTraining(part, 3, 0.2, 10);
  assert.deepEqual(limited, { training: training.slice(0, 10), validation });
  assert.equal(splitTraining(part, 3, 0).validation.length, 0);
  // A class of one image stays in training.
  const lone = { ...part, count: 3, labels: Uint16Array.of(0, 1, 1) };
  assert.deepEqual([...splitTraining(lone, 2, 0.9).validation].length, 1);
});

test('a limited part holds every class, even if the file is ordered by class', () => {
  const part = randomPart(1000, [1, 1, 1], 10);
  part.labels.sort();
  const seen = new Set([...splitTraining(part, 10, 0.1, 100).training].map((index) => part.labels[index]));
  assert.equal(seen.size, 10);
});

test('mean and deviation of each channel, by the textbook, over the given images only', () => {
  const part = randomPart(20, [3, 4, 3], 2);
  const indices = Uint32Array.of(3, 17, 5);
  const { mean, std } = channelStatistics(part, indices);
  for (let channel = 0; channel < 3; channel++) {
    const values = [...indices].flatMap((index) =>
      [...part.images.subarray(index * 36, index * 36 + 36)]
        .filter((_, at) => at % 3 === channel)
        .map((byte) => byte / 255),
    );
    const center = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / values.length;
    assert.ok(Math.abs((mean[channel] ?? 0) - center) < 1e-12);
    assert.ok(Math.abs((std[channel] ?? 0) - Math.sqrt(variance)) < 1e-12);
  }
  const constant = { ...part, images: part.images.map(() => 51) };
  const flat = channelStatistics(constant, indices);
  assert.deepEqual(flat.std, [1, 1, 1]);
  assert.ok(normalizationTable(flat).every(Number.isFinite));
});

test('mean and deviation of an image whose squares add up to more than 32 bits', () => {
  const shape = [256, 256, 2] as const;
  // the first channel is white but for its last 5,536 pixels, the second is black where the first is white
  const images = Uint8Array.from({ length: 256 * 256 * 2 }, (_, at) =>
    at >> 1 < 60_000 === (at % 2 === 0) ? 255 : 0,
  );
  const { mean, std } = channelStatistics(
    { count: 1, shape, images, labels: Uint16Array.of(0) },
    Uint32Array.of(0),
  );
  const white = 60_000 / 65_536;
  assert.deepEqual(mean, [white, 1 - white]);
  for (const found of std) assert.ok(Math.abs(found - Math.sqrt(white * (1 - white))) < 1e-12);
});

test('evaluation sees every image once, normalised to mean 0 and deviation 1', () => {
  const part = randomPart(23, [4, 4, 3], 5);
  const indices = allIndices(part);
  const statistics = channelStatistics(part, indices);
  const values: number[] = [];
  const labels: number[] = [];
  const counts: number[] = [];
  for (const batch of evaluationBatches(part, indices, 10, statistics)) {
    counts.push(batch.count);
    values.push(...batch.images);
    labels.push(...batch.labels);
  }
  assert.deepEqual(counts, [10, 10, 3]);
  assert.deepEqual(labels, [...part.labels]);
  assert.equal(values.length, 23 * 48);
  const green = values.filter((_, at) => at % 3 === 1);
  const mean = green.reduce((a, b) => a + b) / green.length;
  const variance = green.reduce((sum, value) => sum + value * value, 0) / green.length;
  // Of float32 values.
  assert.ok(Math.abs(mean) < 1e-6 && Math.abs(variance - 1) < 1e-5);
});
