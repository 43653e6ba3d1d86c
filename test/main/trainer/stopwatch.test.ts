import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { test } from 'node:test';
import { Stopwatch } from '../../../src-main/trainer/stopwatch.ts';

test('each moment belongs to one part, and the parts are all of the time', async () => {
  const began = performance.now();
  const stopwatch = new Stopwatch(['one', 'other', 'never'], 'one');
  await setTimeout(30);
  const first = stopwatch.turnTo('other');
  await setTimeout(10);
  const second = stopwatch.turnTo('one');
  await setTimeout(20);
  const seconds = stopwatch.seconds();
  const all = (performance.now() - began) / 1000;
  assert.equal(seconds.never, 0);
  assert.equal(seconds.other, second / 1000);
  assert.ok(seconds.one >= first / 1000 + 0.019, `${seconds.one}`);
  const sum = seconds.one + seconds.other;
  assert.ok(sum <= all && sum > 0.058, `${sum} s of ${all} s`);
});
