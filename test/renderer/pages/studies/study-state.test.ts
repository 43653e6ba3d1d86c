import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingRuns, repeatLabel, stateOf } from '../../../../src-renderer/pages/studies/study-state.ts';
import type { StudyListing } from '../../../../src-shared/contract/api/studies.ts';
import { LEFT_OUT_REASONS } from '../../../../src-shared/runs/account.ts';

/** A study of four runs. */
function listing(complete: number, diverged: number): StudyListing {
  const none = Object.fromEntries(LEFT_OUT_REASONS.map((reason) => [reason, 0])) as StudyListing['leftOut'];
  return {
    ...{ name: 'a', dataset: 'shapes', createdAt: '', updatedAt: '', cells: 4, wanted: 4, complete },
    runs: { waiting: 0, running: 0, complete, failed: diverged, interrupted: 0, cancelled: 0 },
    ...{ activity: 'idle', place: null, progress: null, problem: null, factors: [], bytes: 0 },
    leftOut: { ...none, diverged, 'not begun': 4 - complete - diverged },
  };
}

test('a start is offered only for what it would run; what else diverged is repeated on purpose (no. 19)', () => {
  assert.deepEqual([missingRuns(listing(2, 2)), stateOf(listing(2, 2))], [0, 'done']);
  assert.equal(repeatLabel(listing(2, 2)), 'Repeat 2 diverged runs');
  assert.deepEqual([missingRuns(listing(1, 1)), stateOf(listing(1, 1))], [2, 'idle']);
  assert.equal(repeatLabel(listing(1, 1)), 'Run 2 missing and repeat 1 diverged run');
  assert.deepEqual([missingRuns(listing(4, 0)), stateOf(listing(4, 0))], [0, 'done']);
});
