import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  courseText,
  missingRuns,
  placeText,
  repeatLabel,
  shareOf,
  stateOf,
} from '../../../src-renderer/stores/study-state.ts';
import type { StudyListing, Workers } from '../../../src-shared/contract/api/studies.ts';
import { LEFT_OUT_REASONS } from '../../../src-shared/runs/account.ts';

/** A study of four runs. */
function listing(complete: number, diverged: number): StudyListing {
  const none = Object.fromEntries(LEFT_OUT_REASONS.map((reason) => [reason, 0])) as StudyListing['leftOut'];
  return {
    ...{
      name: 'a',
      dataset: 'shapes',
      importedFrom: null,
      openedFrom: null,
      trashedRuns: 0,
      createdAt: '',
      updatedAt: '',
      cells: 4,
      wanted: 4,
      complete,
    },
    runs: { waiting: 0, running: 0, complete, failed: diverged, interrupted: 0, cancelled: 0 },
    ...{
      activity: 'idle',
      place: null,
      progress: null,
      preparation: null,
      trainers: null,
      elsewhere: null,
      submitted: null,
      problem: null,
      offer: null,
      factors: [],
      bytes: 0,
      noteChangedAt: null,
      tags: [],
      metric: 'testAccuracy',
    },
    leftOut: { ...none, diverged, 'not begun': 4 - complete - diverged },
  };
}

test('a start is offered only for what it would run; what else diverged is repeated on purpose', () => {
  assert.deepEqual([missingRuns(listing(2, 2)), stateOf(listing(2, 2))], [0, 'done']);
  assert.equal(repeatLabel(listing(2, 2)), 'Repeat 2 diverged runs');
  assert.deepEqual([missingRuns(listing(1, 1)), stateOf(listing(1, 1))], [2, 'idle']);
  assert.equal(repeatLabel(listing(1, 1)), 'Run 2 missing and repeat 1 diverged run');
  assert.deepEqual([missingRuns(listing(4, 0)), stateOf(listing(4, 0))], [0, 'done']);
});

test('a study that runs says what it is at, and then the time that is left', () => {
  const running = { ...listing(0, 0), activity: 'running' } as const;
  const at = (starting: number, runs: number, secondsLeft: number | null, mostTotal = 4): StudyListing => ({
    ...running,
    progress: {
      ...{
        total: 4,
        mostTotal,
        done: 0,
        failed: 0,
        running: runs,
        waiting: 4 - runs,
        starting,
        workers: null,
      },
      ...{ secondsLeft, mostSecondsLeft: 120 },
    },
  });
  const course = (study: StudyListing) => [courseText(study), shareOf(study)];
  assert.deepEqual(course(running), ['checking the data …', null]);
  const preparation = { what: 'measuring', secondsLeft: 12 };
  assert.deepEqual(course({ ...running, preparation }), ['measuring, about 12 s left', null]);
  assert.deepEqual(course({ ...running, preparation: { ...preparation, secondsLeft: null } }), [
    'measuring …',
    null,
  ]);
  assert.deepEqual(course(at(2, 0, null)), ['starting 2 trainers …', null]);
  assert.deepEqual(course(at(0, 2, null)), ['estimating the time left …', 0]);
  assert.deepEqual(course(at(0, 2, 61)), ['about 1 min 1 s left', 0]);
  assert.deepEqual(course(at(0, 2, 61, 6)), [
    'about 1 min 1 s to 2 min left, as up to 2 runs may be added',
    0,
  ]);
  // what it was when it was paused is not what is left
  assert.deepEqual(course({ ...at(0, 2, 61), activity: 'paused' }), [null, 0]);
});

test('of a study that is trained elsewhere it is said where, by how many, and of runs nobody follows where they are', () => {
  const idle = listing(0, 0);
  assert.equal(placeText(idle), null);
  const running = { ...idle, activity: 'running', elsewhere: 'Slurm' } as const;
  assert.equal(placeText(running), 'with Slurm');
  const progress = {
    ...{ total: 60, mostTotal: 60, done: 5, failed: 0, running: 12, waiting: 43, starting: 0 },
    ...{ secondsLeft: null, mostSecondsLeft: null, workers: null },
  };
  const said = (workers: Workers | null) => placeText({ ...running, progress: { ...progress, workers } });
  assert.equal(said(null), 'with Slurm, 12 of 60 runs running');
  assert.equal(
    said({ running: 12, waiting: 3, note: 'Priority' }),
    'with Slurm, 12 of 60 runs running, 12 workers running, 3 waiting for room (Priority)',
  );
  assert.equal(
    said({ running: 0, waiting: 1, note: null }),
    'with Slurm, 12 of 60 runs running, 1 worker waiting for room',
  );
  const submitted = {
    ...{ title: 'Slurm', folder: '/lab/spools/a', runs: 9, running: 3, hosts: ['n1', 'n2'], ended: 2 },
    ...{ since: '2026-11-30T10:00:00.000Z', collector: null },
  };
  assert.match(
    placeText({ ...idle, submitted }) ?? '',
    /^9 runs submitted to Slurm since 30 Nov 2026, .*: 3 running on n1, n2, 2 ended and not collected \(\/lab\/spools\/a\)$/,
  );
  const collected = { ...submitted, collector: 'a job has login collect them when the others have ended' };
  assert.match(
    placeText({ ...idle, submitted: collected }) ?? '',
    /\/a\); a job has login collect them when/,
  );
});
