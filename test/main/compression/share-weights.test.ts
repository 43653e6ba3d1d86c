import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { shareWeights } from '../../../src-main/compression/share-weights.ts';

interface Case {
  readonly source: string;
  readonly bits: number;
  readonly values: number[];
  readonly centroids: number[];
  readonly inertia: number;
}

const file = new URL('../../fixtures/shared-weights.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };

for (const { source, bits, values, centroids, inertia } of cases) {
  test(`${centroids.length} of ${2 ** bits - 1} centroids and the error are those of ${source}`, () => {
    const weights = Float32Array.from(values);
    const { codebook, codes } = shareWeights(weights, bits);
    assert.equal(codebook[0], 0);
    assert.equal(codebook.length, centroids.length + 1);
    for (const [index, centroid] of centroids.entries())
      assert.ok(Math.abs((codebook[index + 1] ?? Number.NaN) - centroid) <= 1e-6 * Math.abs(centroid) + 1e-9);
    const error = weights.reduce(
      (sum, weight, index) => sum + (weight - (codebook[codes[index] ?? 0] ?? 0)) ** 2,
      0,
    );
    assert.ok(Math.abs(error - inertia) < 1e-5 * inertia);
  });
}

test('zeros stay zero, and few values are kept exactly', () => {
  const weights = Float32Array.of(0, -2, 0, 0.5, -2, 3);
  const { codebook, codes } = shareWeights(weights, 4);
  assert.deepEqual([...codebook], [0, -2, 0.5, 3]);
  assert.deepEqual([...codes], [0, 1, 0, 2, 1, 3]);
});

test('a layer without weights and one of a single value', () => {
  assert.deepEqual(shareWeights(new Float32Array(3), 2), {
    codebook: Float32Array.of(0),
    codes: new Uint8Array(3),
  });
  assert.deepEqual([...shareWeights(Float32Array.of(0.25, 0, 0.25), 8).codebook], [0, 0.25]);
});
