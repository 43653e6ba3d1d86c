import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elapsedSeconds } from '../../../src-shared/runs/elapsed-seconds.ts';

test('seconds are as measured at epochs, shared out within one, and go on at the last pace', () => {
  const epochs = { steps: [4, 8], seconds: [2, 6] };
  assert.deepEqual(
    elapsedSeconds({ steps: [1, 2, 4, 5, 6, 8, 10], epochs, seconds: 100 }),
    [0.5, 1, 2, 3, 4, 6, 8],
  );
});

test('a run without a whole epoch shares out what it took', () => {
  const epochs = { steps: [], seconds: [] };
  assert.deepEqual(elapsedSeconds({ steps: [1, 2, 4], epochs, seconds: 8 }), [2, 4, 8]);
  assert.deepEqual(elapsedSeconds({ steps: [], epochs, seconds: 8 }), []);
});
