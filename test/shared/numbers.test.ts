import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aboutDuration,
  bothSizes,
  countInDigits,
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
    [percent(0.8124), percent(0.81537, 2), percent(0), percent(0.0004), percent(1e-9, 0), percent(null)],
    ['81.2\u00a0%', '81.54\u00a0%', '0.0\u00a0%', '<\u00a00.1\u00a0%', '<\u00a01\u00a0%', '–'],
  );
  assert.deepEqual([0, 640, 1500, 4_794_000, 274e6, 3.2e9].map(decimalSize), [
    '0 B',
    '640 B',
    '1.5 kB',
    '4.8 MB',
    '274 MB',
    '3.2 GB',
  ]);
  assert.deepEqual([4_993_696, 3200, 640, 1.5e9].map(bothSizes), [
    ...['4.99 MB (4.76 MiB)', '3.20 kB (3.13 KiB)', '640 B', '1.50 GB (1.40 GiB)'],
  ]);
  assert.deepEqual(
    [-20_000, 100_050].map((count) => countInDigits(count, 5)),
    ['-20 k', '100.05 k'],
  );
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
  assert.deepEqual([14_298.4, 0.384].map(speedText), ['14,298 images/s', '0.38 images/s']);
  assert.deepEqual(
    [roundedTo(0.30000000000000004, 12), typed(0.1 + 0.2), typed(2000)],
    [0.3, '0.3', '2,000'],
  );
});

test('a duration has its two largest units, and none that is zero', () => {
  const seconds = [-3, 0, 0.03, 0.4, 0.96, 59.6, 61, 3599.7, 7260, 86_399, 90_000, 200 * 86_400 + 3600];
  assert.deepEqual(seconds.map(duration), [
    ...['0 s', '0 s', '< 0.1 s', '0.4 s', '1 s'],
    '1 min',
    '1 min 1 s',
    '1 h',
    '2 h 1 min',
    '23 h 59 min',
    '1 d 1 h',
    '200 d 1 h',
  ]);
  assert.deepEqual(
    [aboutDuration(0.4), aboutDuration(5), aboutDuration(0.2, 3), aboutDuration(60, 7260)],
    ['under a second', 'about 5 s', 'about 0.2 s to 3 s', 'about 1 min to 2 h 1 min'],
  );
});
