import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goingOnText, stateText } from '../../../src-shared/runs/going-on-text.ts';

test('beside the state of a run stands where it goes on, but of one that goes on no more why', () => {
  const state = 'interrupted';
  assert.equal(stateText({ state: 'complete' }), 'complete');
  assert.equal(stateText({ state, goesOnAt: 1200 }), 'interrupted, goes on at step 1,200');
  assert.equal(stateText({ state, goesOnAt: 0 }), 'interrupted, begins anew');
  assert.equal(stateText({ state, goesOnAt: 1200, skipped: true }), 'interrupted, skipped');
  assert.equal(stateText({ state, repeated: true, skipped: true }), 'interrupted, repeated');
});

test('a clock that went back since does not make an interruption one of the future', () => {
  const run = { run: 'k3f9a2qz', step: 1200, totalSteps: 4000, note: null };
  const interruptedAt = '2026-01-01T12:00:00.000Z';
  assert.equal(
    goingOnText({ ...run, interruptedAt }, Date.parse('2026-01-01T11:00:00.000Z')),
    'run k3f9a2qz goes on at step 1,200 of 4,000 (interrupted 0 s ago)',
  );
});
