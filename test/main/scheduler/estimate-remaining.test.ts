import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateRemaining } from '../../../src-main/scheduler/estimate-remaining.ts';

const work = (cell: string, amount: number) => ({ cell, amount });

test('nothing measured, nothing said', () => {
  assert.equal(estimateRemaining({ waiting: [work('a', 1)], active: [], finished: [], jobs: 1 }), null);
});

test('a cell takes as long as before, another as its work at the measured speed', () => {
  const finished = [{ ...work('a', 100), seconds: 20 }];
  // a: 20 s; b: 50 of work at 5 a second: 10 s; shared by two jobs
  assert.equal(
    estimateRemaining({ waiting: [work('a', 100), work('b', 50)], active: [], finished, jobs: 2 }),
    15,
  );
});

test('a run in progress counts with what is left of it, and the longest is the least', () => {
  const active = [{ ...work('a', 100), share: 0.25, seconds: 5 }];
  // 25 of work in 5 s: 20 s for the whole, 15 s left
  assert.equal(estimateRemaining({ waiting: [], active, finished: [], jobs: 4 }), 15);
});
