import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factorLabels } from '../../../src-shared/studies/factor-labels.ts';
import { cellText, clashingNames, factorText } from '../../../src-shared/studies/factor-text.ts';

const HALF = [0.125, 0.125, 0.125, 0.125, 0.25, 0.25, 0.25, 0.25];

test('a value is called as the study file has it, an empty list none, repetitions once', () => {
  assert.equal(factorText([]), 'none');
  assert.equal(factorText(['crop', 'flip']), 'crop, flip');
  assert.equal(factorText(HALF), '0.125x4, 0.25x4');
  assert.equal(factorText(null), '–');
  for (const number of [0.3, 1e-7, 12345, 0.99999, 0.12345678])
    assert.equal(factorText(number), String(number));
  assert.equal(factorText(0.1 + 0.2), '0.3');
  assert.equal(
    cellText({ 'network.sr': HALF, 'training.augment': [], 'network.pct3x3': 0.5 }),
    'SR = [0.125x4, 0.25x4], augment = none, 3×3 = 0.5',
  );
});

test('labels are short, and no two are alike', () => {
  assert.deepEqual(factorLabels([HALF, HALF.toReversed(), 0.3]), [
    '0.125x4, 0.25x4',
    '0.25x4, 0.125x4',
    '0.3',
  ]);
  assert.deepEqual(factorLabels([1 / 3, 2 / 3]), ['0.333333', '0.666667']);
  assert.deepEqual(factorLabels([0.12345671, 0.12345672]), ['0.12345671', '0.12345672']);
  assert.deepEqual(factorLabels([10_000, 10_001]), ['10000', '10001']);
  const lists = [
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9],
    [0.2, 0.2, 0.2, 0.4, 0.5, 0.6, 0.7, 0.9],
  ];
  assert.deepEqual(factorLabels(lists), ['0.1 … 0.8', '0.1 … 0.9', '0.2x3 … 0.9']);
  assert.deepEqual(factorLabels([]), []);
});

test('two values of one name are found', () => {
  assert.deepEqual(clashingNames([0.25, 0.30000000000000004, 0.3]), { first: 1, second: 2, name: '0.3' });
  assert.equal(clashingNames([0.25, 0.3, [0.3, 0.3]]), null);
});
