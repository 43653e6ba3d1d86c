import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FeatureMemory } from '../../../src-main/analysis/feature-memory.ts';
import { sourceOf } from '../../../src-main/analysis/measures/matrix-source.ts';
import type { Features } from '../../../src-main/analysis/subject.ts';

/** A memory for so many bytes, and which features were computed, in order. */
function memoryFor(keptBytes: number) {
  const memory = new FeatureMemory(keptBytes);
  const computed: string[] = [];
  const get = (key: string, bytes: number): Promise<readonly Features[]> =>
    memory.get(key, () => {
      computed.push(key);
      return Promise.resolve([featuresOf(bytes / 2), featuresOf(bytes / 2)]);
    });
  return { memory, computed, get };
}

function featuresOf(bytes: number): Features {
  const columns = bytes / Float32Array.BYTES_PER_ELEMENT;
  const matrix = { rows: 1, columns, values: new Float32Array(columns) };
  return { layer: 'conv', ...sourceOf(matrix), close: () => undefined };
}

test('features that were asked for longest ago are forgotten when the bytes of all are too many', async () => {
  const { computed, get } = memoryFor(96);
  for (const key of ['first', 'second', 'third', 'first']) await get(key, 32);
  assert.deepEqual(computed, ['first', 'second', 'third']);
  // room for it and the one that was asked for again
  await get('fourth', 64);
  await get('first', 32);
  assert.deepEqual(computed.splice(0), ['first', 'second', 'third', 'fourth']);
  await get('second', 32);
  assert.deepEqual(computed.splice(0), ['second']);
  await get('first', 32);
  await get('fourth', 64);
  assert.deepEqual(computed, ['fourth']);
});

test('features larger than the limit are kept by themselves; what was cancelled is not', async () => {
  const { memory, computed, get } = memoryFor(96);
  for (const key of ['small', 'large', 'large']) await get(key, key === 'large' ? 400 : 32);
  assert.deepEqual(computed.splice(0), ['small', 'large']);
  await get('small', 32);
  await get('large', 400);
  assert.deepEqual(computed, ['small', 'large']);
  await assert.rejects(memory.get('cancelled', () => Promise.reject(new Error('cancelled'))));
  assert.deepEqual(await memory.get('cancelled', () => Promise.resolve([])), []);
});
