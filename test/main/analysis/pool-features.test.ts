import assert from 'node:assert/strict';
import test from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { pooledWidth } from '../../../src-main/analysis/pooled-width.ts';
import { poolFeatures } from '../../../src-main/analysis/pool-features.ts';
import '../engine/test-engine.ts';

/** [1, side, side, 2]: the number of the position in the first channel, ten times it in the second. */
function numbered(side: number): tf.Tensor4D {
  const values = Array.from({ length: side * side }, (_, position) => [position, 10 * position]).flat();
  return tf.tensor4d(values, [1, side, side, 2]);
}

function firstChannel(output: tf.Tensor4D): number[] {
  const values = [...poolFeatures(output, '4x4').dataSync()];
  assert.equal(values.length, pooledWidth([3, 3, 2], '4x4'));
  values.forEach((value, index) => {
    if (index % 2 === 1) assert.ok(Math.abs(value - 10 * (values[index - 1] ?? NaN)) < 1e-4);
  });
  return values.filter((_, index) => index % 2 === 0);
}

test('a grid of 4x4 keeps four positions a side, averages more and repeats fewer', () => {
  assert.deepEqual(
    firstChannel(numbered(4)),
    Array.from({ length: 16 }, (_, position) => position),
  );
  const [first, second] = firstChannel(numbered(8));
  assert.deepEqual([first, second], [4.5, 6.5]);
  assert.deepEqual(firstChannel(numbered(2)), [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3]);
  assert.deepEqual(
    firstChannel(numbered(1)),
    Array.from({ length: 16 }, () => 0),
  );
  // cells of six positions a side overlap: 0-1, 1-2, 3-4, 4-5 as in PyTorch's adaptive pooling
  assert.deepEqual(firstChannel(numbered(6)).slice(0, 4), [3.5, 4.5, 6.5, 7.5]);
});

test('averages and shares of zeros go over all positions', () => {
  const output = tf.tensor4d([0, 1, 2, 3, 0, 0, 0, 5], [1, 2, 2, 2]);
  assert.deepEqual([...poolFeatures(output, 'average').dataSync()], [0.5, 2.25]);
  assert.deepEqual([...poolFeatures(output, 'share of zeros').dataSync()], [0.75, 0.25]);
});

test('a map has all positions, the channels last', () => {
  const found = [...poolFeatures(numbered(2), 'map').dataSync()];
  assert.deepEqual(found, [0, 0, 1, 10, 2, 20, 3, 30]);
  assert.equal(found.length, pooledWidth([2, 2, 2], 'map'));
});
