import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  normalizationOf,
  type Preprocessing,
  preprocessingSchema,
  usualPreprocessing,
} from '../../../src-shared/networks/preprocessing.ts';

test('pictures for ImageNet have a short side of 256 before the middle 224 pixels are taken, others in proportion', () => {
  assert.equal(usualPreprocessing([224, 224, 3]).shortSide, 256);
  assert.equal(usualPreprocessing([32, 32, 3]).shortSide, 37);
  assert.equal(usualPreprocessing([448, 224, 3]).shortSide, 256);
});

test('an input of one channel takes the mean of the three', () => {
  const { mean, std } = usualPreprocessing([224, 224, 1]);
  assert.ok(mean.length === 1 && Math.abs((mean[0] ?? 0) - 0.449) < 1e-12);
  assert.ok(std.length === 1 && Math.abs((std[0] ?? 0) - 0.226) < 1e-12);
});

test('a scale other than 1/255 is the same normalization as one of bytes over 255', () => {
  const preprocessing: Preprocessing = {
    shortSide: 256,
    mean: [1],
    std: [0.5],
    scale: 1 / 127.5,
    channels: 'rgb',
  };
  const { mean, std } = normalizationOf(preprocessing);
  for (const byte of [0, 17, 128, 255]) {
    const expected = (byte * preprocessing.scale - 1) / 0.5;
    const got = (byte / 255 - (mean[0] ?? 0)) / (std[0] ?? 0);
    assert.ok(Math.abs(got - expected) < 1e-12, `${byte}: ${got}, not ${expected}`);
  }
});

test('a deviation of zero is refused', () => {
  assert.equal(preprocessingSchema.safeParse({ ...usualPreprocessing([8, 8, 1]), std: [0] }).success, false);
});
