import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isComputing,
  pausableStudies,
  pausedStudies,
  progressOf,
  whatComputes,
  whatStopping,
} from '../../../src-main/desktop/work-state.ts';
import type { StudyActivity, StudyListing, StudyProgress } from '../../../src-shared/contract/api/studies.ts';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';

function listing(
  activity: StudyActivity,
  wanted: number,
  progress: Partial<StudyProgress> | null,
): StudyListing {
  const full = {
    ...{ total: wanted, done: 0, failed: 0, running: 0, waiting: 0, starting: 0, secondsLeft: null },
    ...{ mostTotal: wanted, mostSecondsLeft: null },
    ...progress,
  };
  const known = { name: activity, wanted, complete: 2, activity, progress: progress === null ? null : full };
  return known as StudyListing;
}

function of(...studies: StudyListing[]) {
  return { studies, tasks: [] };
}

test('dock and taskbar show the share of all runs that are under way', () => {
  const share = (...studies: StudyListing[]) => progressOf(of(...studies))?.share ?? null;
  assert.equal(share(), null);
  assert.equal(share(listing('idle', 8, { done: 8 })), null);
  assert.equal(share(listing('queued', 8, null)), null, 'nothing has begun');
  assert.equal(share(listing('running', 8, { done: 3, failed: 1 })), 0.5);
  assert.equal(share(listing('running', 8, { done: 4 }), listing('queued', 8, null)), 6 / 16);
  assert.equal(share(listing('running', 0, { total: 0 })), 0);
});

test('they show that all is paused, and that runs have failed', () => {
  const mode = (...studies: StudyListing[]) => progressOf(of(...studies))?.mode;
  assert.equal(mode(listing('running', 8, { done: 3 }), listing('paused', 8, { done: 1 })), 'normal');
  assert.equal(mode(listing('paused', 8, { done: 1 })), 'paused');
  assert.equal(mode(listing('running', 8, { failed: 1 })), 'error');
});

test('what computes is named, and can be paused and resumed where it is a study', () => {
  const task = { id: 'a', title: 'Analysing run 1', state: 'running' } as Task;
  assert.equal(isComputing(of(listing('paused', 8, null), listing('queued', 8, null))), false);
  assert.equal(isComputing(of(listing('pausing', 8, null))), true);
  assert.equal(isComputing({ studies: [], tasks: [task] }), true);
  const work = { studies: [listing('running', 8, null), listing('paused', 8, null)], tasks: [task] };
  assert.deepEqual(whatComputes(work), ['running', 'Analysing run 1']);
  // of a study nothing is lost, and of a task alone no study is spoken of
  assert.match(whatStopping(work), /^Runs .* last checkpoints .* A task .* started again\.$/);
  assert.equal(
    whatStopping({ studies: [], tasks: [task] }),
    'A task that is stopped has to be started again.',
  );
  assert.deepEqual(pausableStudies(work), ['running']);
  assert.deepEqual(pausedStudies(work), ['paused']);
});
