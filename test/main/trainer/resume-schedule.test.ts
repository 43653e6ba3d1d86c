import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResumeSchedule } from '../../../src-main/trainer/resume-schedule.ts';

test('a resume checkpoint is due at an epoch’s end and after so many seconds, and not before 400 times what the last one held up', () => {
  const schedule = new ResumeSchedule(60, 1000);
  const due = (now: number) => [schedule.isDue(now, false), schedule.isDue(now, true)];
  // until one is known, none in the first second
  assert.deepEqual(due(1999), [false, false]);
  assert.deepEqual(due(2000), [false, true]);
  assert.deepEqual(due(61_000), [true, true]);
  schedule.made(61_000, 10);
  assert.deepEqual(due(64_999), [false, false]);
  assert.deepEqual(due(65_000), [false, true]);
  // one that holds up for long is made seldom
  schedule.made(65_000, 500);
  assert.deepEqual(due(65_000 + 199_999), [false, false]);
  assert.deepEqual(due(65_000 + 200_000), [true, true]);
});
