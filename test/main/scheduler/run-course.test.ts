import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateRemaining } from '../../../src-main/scheduler/estimate-remaining.ts';
import { RunCourse } from '../../../src-main/scheduler/run-course.ts';

/** 2 epochs of 10 steps of 100 images, each 3 passes: 6000 passes of training, 2 x 300 of validation, 3000 of test; 1 s for 100 passes. */
const PARTS = { training: 1000, validation: 300, test: 3000 };
const STEPS = 10;
const SECONDS = { step: 3, validation: 3, test: 30 };

/** The seconds left by the estimate, and in truth, each second of a run after its first step. */
function estimates(from = 0): { readonly left: number | null; readonly truth: number }[] {
  let now = 0;
  const course = new RunCourse(
    { kind: 'a', amount: 1 },
    PARTS,
    2,
    { isCold: true, group: null },
    () => 1000 * now,
  );
  const made = Math.max(1, from);
  const measured = Math.floor(from / STEPS);
  const all = (2 * STEPS - made) * SECONDS.step + (2 - measured) * SECONDS.validation + SECONDS.test;
  if (from > 0) course.goOn({ step: from, totalSteps: 2 * STEPS });
  const found: { left: number | null; truth: number }[] = [];
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second++) {
      now += 1;
      const active = [course.now()];
      found.push({
        left: estimateRemaining({ active, waiting: [], finished: [], jobs: 1 }),
        truth: all - now,
      });
    }
  };
  course.start(STEPS);
  for (let step = made + 1; step <= 2 * STEPS; step++) {
    pass(SECONDS.step);
    course.reachStep(step);
    if (step % STEPS !== 0) continue;
    pass(SECONDS.validation);
    course.reachEpoch(step / STEPS);
  }
  pass(SECONDS.test - 1);
  return found;
}

test('at an even pace the time left is right from the first steps to the last second of the test, which tells nothing', () => {
  const found = estimates().slice(SECONDS.step);
  assert.ok(found.length > 80);
  for (const { left, truth } of found) {
    assert.ok(left !== null && Math.abs(left - truth) <= SECONDS.step, `${left} s instead of ${truth}`);
  }
});

test('a run that goes on has only the rest of its work left', () => {
  for (const from of [3, STEPS, 15]) {
    const found = estimates(from).slice(SECONDS.step);
    for (const { left, truth } of found)
      assert.ok(left !== null && Math.abs(left - truth) <= SECONDS.step, `${left} s instead of ${truth}`);
  }
  const course = new RunCourse({ kind: 'a', amount: 9600 }, PARTS, 2, { isCold: true, group: null }, () => 0);
  course.goOn({ step: 15, totalSteps: 2 * STEPS });
  // of 6000 passes, two validations and the test 4500 and one are made
  assert.equal(course.now().amount, 1500 + 300 + 3000);
});
