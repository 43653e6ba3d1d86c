import assert from 'node:assert/strict';
import test from 'node:test';
import { balancedIndices, evaluationSetOf } from '../../../src-main/analysis/evaluation-set.ts';
import { allIndices } from '../../../src-main/datasets/evaluation-batches.ts';
import { normalizationTable } from '../../../src-main/datasets/normalization.ts';
import { randomPart } from '../datasets/small-content.ts';

test('an evaluation set holds as many images of each class, the classes in turn, evenly over the part', () => {
  const part = randomPart(40, [2, 2, 3], 4);
  const indices = balancedIndices(part, allIndices(part), 4, 23);
  assert.equal(indices.length, 20);
  assert.deepEqual(
    [...indices].map((index) => part.labels[index]),
    Array.from({ length: 20 }, (_, place) => place % 4),
  );
  assert.equal(new Set(indices).size, 20);
  assert.deepEqual([...indices.filter((index) => index % 4 === 0)], [4, 12, 20, 28, 36]);
  // no more than the smallest class has; of two the later
  assert.deepEqual([...balancedIndices(part, Uint32Array.of(0, 1, 2, 3, 4), 4, 100)], [4, 1, 2, 3]);
});

test('its images are normalised as in the training', () => {
  const part = randomPart(300, [2, 2, 3], 3);
  const statistics = { mean: [0.5, 0.25, 0.1], std: [0.1, 0.2, 0.3] };
  const set = evaluationSetOf(part, Uint32Array.of(7, 299), statistics);
  const large = evaluationSetOf(part, Uint32Array.of(7, 299), statistics, 0);
  const table = normalizationTable(statistics);
  const bytes = [...part.images.subarray(84, 96), ...part.images.subarray(3588, 3600)];
  const expected = bytes.map((byte, index) => table[(index % 3) * 256 + byte]);
  // what is too large to be kept is normalised as it is asked for
  for (const each of [set, large]) {
    assert.deepEqual([...each.images(0, 2)], expected);
    assert.deepEqual([...each.images(1, 2)], expected.slice(12));
  }
  assert.deepEqual([...set.labels], [1, 2]);
});
