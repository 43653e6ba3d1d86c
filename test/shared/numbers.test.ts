import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bothSizes, decimalSize, percent, shortCount, whole } from '../../src-shared/numbers.ts';

test('numbers are written in one way: commas, three digits with a unit, percent with a space', () => {
  assert.equal(whole(1_248_424), '1,248,424');
  const counts = [0, 640, 999, 1200, 562_000, 1_248_424, 387_700_000, 1.2e9];
  assert.deepEqual(counts.map(shortCount), ['0', '640', '999', '1.2 k', '562 k', '1.25 M', '388 M', '1.2 G']);
  assert.deepEqual([percent(0.8124), percent(0.81537, 2), percent(null)], ['81.2 %', '81.54 %', '–']);
  assert.deepEqual([0, 640, 1500, 4_794_000, 274e6, 3.2e9].map(decimalSize), [
    '0 B',
    '640 B',
    '1.5 kB',
    '4.8 MB',
    '274 MB',
    '3.2 GB',
  ]);
  assert.equal(bothSizes(4_993_696), '4.99 MB (4.76 MiB)');
});
