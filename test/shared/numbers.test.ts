import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bothSizes,
  decimalSize,
  duration,
  fixed,
  lossText,
  percent,
  plain,
  roundedTo,
  shortCount,
  speedText,
  typed,
  whole,
} from '../../src-shared/numbers.ts';

test('numbers are written in one way: commas, three digits with a unit, percent with a space', () => {
  assert.equal(whole(1_248_424), '1,248,424');
  const counts = [0, 640, 999, 1200, 562_000, 1_248_424, 387_700_000, 1.2e9];
  assert.deepEqual(counts.map(shortCount), ['0', '640', '999', '1.2 k', '562 k', '1.25 M', '388 M', '1.2 G']);
  assert.deepEqual(
    [percent(0.8124), percent(0.81537, 2), percent(null)],
    ['81.2\u00a0%', '81.54\u00a0%', '–'],
  );
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

test('a measured number has four digits whatever its size, and no sign where it rounds to zero', () => {
  const values = [0, 0.000051234, 0.5, -12, 999.94, 1000, 12_345.6];
  assert.deepEqual(
    values.map((value) => plain(value)),
    [...['0', '0.00005123', '0.5000', '-12.00'], ...['999.9', '1,000', '12,346']],
  );
  assert.equal(plain(0.04567, 3), '0.0457');
  assert.deepEqual(
    [-0.004, -0.005, 0.004].map((value) => fixed(value, 2)),
    ['0.00', '-0.01', '0.00'],
  );
  assert.deepEqual([Math.LN2, 44_300_000_000].map(lossText), ['0.6931', '4.43e+10']);
  assert.equal(speedText(14_298.4), '14,298 images/s');
  assert.deepEqual(
    [roundedTo(0.30000000000000004, 12), typed(0.1 + 0.2), typed(2000)],
    [0.3, '0.3', '2,000'],
  );
});

test('a duration has its two largest units, and none that is zero', () => {
  const seconds = [-3, 0.4, 59.6, 61, 3599.7, 7260, 86_399, 90_000, 200 * 86_400 + 3600];
  assert.deepEqual(seconds.map(duration), [
    '0 s',
    '0 s',
    '1 min',
    '1 min 1 s',
    '1 h',
    '2 h 1 min',
    '23 h 59 min',
    '1 d 1 h',
    '200 d 1 h',
  ]);
});
