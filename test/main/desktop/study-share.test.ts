import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studyShare } from '../../../src-main/desktop/study-share.ts';
import type { StudyActivity, StudyListing, StudyProgress } from '../../../src-shared/contract/api/studies.ts';

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
  return {
    name: 'a',
    dataset: 'shapes',
    importedFrom: null,
    openedFrom: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    cells: 1,
    wanted,
    complete: 2,
    leftOut: {} as StudyListing['leftOut'],
    runs: {} as StudyListing['runs'],
    activity,
    place: null,
    progress: progress === null ? null : full,
    preparation: null,
    problem: null,
    factors: [],
    bytes: 0,
    noteChangedAt: null,
  };
}

test('the dock shows the share of all runs that are under way', () => {
  assert.equal(studyShare([]), null);
  assert.equal(studyShare([listing('idle', 8, { done: 8 }), listing('paused', 8, { done: 1 })]), null);
  assert.equal(studyShare([listing('queued', 8, null)]), null, 'nothing runs');
  assert.equal(studyShare([listing('running', 8, { done: 3, failed: 1 })]), 0.5);
  assert.equal(studyShare([listing('running', 8, { done: 4 }), listing('queued', 8, null)]), 6 / 16);
  assert.equal(studyShare([listing('running', 0, { total: 0 })]), 0);
});
