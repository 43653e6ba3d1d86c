import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { quantizationError, quantizeWeights } from '../../../src-main/compression/quantize-weights.ts';

test('symmetric levels span the largest weight, and zero is one of them', () => {
  const weights = Float32Array.of(-3, -1.4, -0.4, 0, 0.6, 1.6, 2.4);
  assert.deepEqual([...quantizeWeights(weights, 3, 'symmetric')], [-3, -1, 0, 0, 1, 2, 2]);
  assert.deepEqual([...quantizeWeights(weights, 2, 'symmetric')], [-3, 0, 0, 0, 0, 3, 3]);
});

test('affine levels span from the least to the greatest', () => {
  // Seven steps of 0.5 from -1 to 2.5.
  const weights = Float32Array.of(-1, -0.6, 0, 0.2, 0.3, 2.5);
  assert.deepEqual([...quantizeWeights(weights, 3, 'affine')], [-1, -0.5, 0, 0, 0.5, 2.5]);
  assert.deepEqual([...quantizeWeights(Float32Array.of(0.5, 3), 2, 'affine')], [1, 3]);
});

test('no more levels than the bits have, each weight within a step, and more bits err less', () => {
  const stream = randomStream(2, 'quantization');
  const weights = Float32Array.from({ length: 3000 }, () => 0.1 + stream.normal());
  const range = Math.max(...weights) - Math.min(...weights);
  for (const kind of ['symmetric', 'affine'] as const) {
    let before = Infinity;
    for (const bits of [2, 3, 4, 6, 8]) {
      const quantized = quantizeWeights(weights, bits, kind);
      assert.ok(new Set(quantized).size <= 2 ** bits - (kind === 'symmetric' ? 1 : 0));
      // Half a step everywhere; a whole one at the end that gave way to zero.
      const step = (2 * range) / (2 ** bits - 2);
      assert.ok(weights.every((weight, index) => Math.abs(weight - (quantized[index] ?? NaN)) <= step));
      const error = quantizationError([{ weights, quantized }]);
      assert.ok(error !== null && error < before);
      before = error;
    }
    // Uniform rounding errs by step²/12 in the mean.
    const steps = kind === 'affine' ? range / 255 : (2 * Math.max(...weights.map(Math.abs))) / 254;
    const energy = weights.reduce((sum, weight) => sum + weight ** 2, 0) / weights.length;
    assert.ok(Math.abs((before * energy) / (steps ** 2 / 12) - 1) < 0.1);
  }
});

test('a kernel of zeros stays as it is', () => {
  const zeros = new Float32Array(4);
  assert.deepEqual(quantizeWeights(zeros, 4, 'symmetric'), zeros);
  assert.equal(quantizationError([{ weights: zeros, quantized: zeros }]), null);
});
