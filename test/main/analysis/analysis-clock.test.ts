import assert from 'node:assert/strict';
import test from 'node:test';
import { analysisClock } from '../../../src-main/analysis/analysis-clock.ts';

test('time left is the estimate at first and follows the pace', () => {
  let seconds = 100;
  const clock = analysisClock([30, null, 60], () => seconds);
  // the one that was never timed is taken for the mean
  assert.equal(clock.secondsLeft(0), 135);
  // twice as slow as estimated
  seconds += 60;
  clock.end();
  const left = clock.secondsLeft(0) ?? NaN;
  assert.ok(left > 1.7 * 105 && left < 2 * 105, `${left}`);
  clock.end();
  clock.end();
  assert.equal(clock.secondsLeft(0), 0);
});

test('without any estimate nothing is claimed before a tenth of the first is done', () => {
  let seconds = 0;
  const clock = analysisClock([null, null], () => seconds);
  assert.equal(clock.secondsLeft(0.05), null);
  seconds = 10;
  assert.equal(clock.secondsLeft(0.5), 30);
  clock.end();
  assert.equal(clock.secondsLeft(0), 10);
});
