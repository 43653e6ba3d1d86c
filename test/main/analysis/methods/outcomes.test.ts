import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from '../../../../src-main/analysis/methods/outcomes/outcome-of.ts';
import {
  mistakesOf,
  outcomesCsv,
  outcomesOfClasses,
  readOutcomes,
} from '../../../../src-shared/analysis/outcomes.ts';

test('an outcome is the class of the largest logit and the cross-entropy of the true class', () => {
  const close = outcomeOf(7, 1, Float32Array.of(1, 2, 0.5));
  assert.deepEqual([close.image, close.truth, close.predicted], [7, 1, 1]);
  // scipy.special.logsumexp([1, 2, 0.5]) - 2
  assert.ok(Math.abs(close.loss - 0.464368784108) < 1e-6, String(close.loss));
  const large = outcomeOf(0, 2, Float32Array.of(1000, 1000, 990));
  assert.equal(large.predicted, 0, 'of equal ones the first');
  // scipy.special.logsumexp([1000, 1000, 990]) - 990
  assert.ok(Math.abs(large.loss - 10.693169880267) < 1e-6, String(large.loss));
});

test('outcomes come back from their file; the worst mistake comes first', () => {
  const outcomes = [
    { image: 0, truth: 1, predicted: 1, loss: 0.1 },
    { image: 1, truth: 0, predicted: 2, loss: 1.25 },
    { image: 2, truth: 2, predicted: 0, loss: 7.5 },
  ];
  assert.deepEqual(readOutcomes(outcomesCsv(outcomes)), outcomes);
  assert.deepEqual(
    mistakesOf(outcomes).map(({ image }) => image),
    [2, 1],
  );
  const images = (truth: number | null, predicted: number | null): number[] =>
    outcomesOfClasses(outcomes, { truth, predicted }).map(({ image }) => image);
  assert.deepEqual([images(null, null), images(2, null), images(null, 2)], [[2, 1], [2], [1]]);
  assert.deepEqual([images(0, 1), images(1, 1)], [[], [0]], 'of one class twice those that are right');
  assert.throws(() => readOutcomes('step,loss\n1,2\n'), /begin with/);
});
