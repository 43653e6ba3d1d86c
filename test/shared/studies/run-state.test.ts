import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasEnded, RUN_STATES, statesAfter } from '../../../src-shared/studies/run-state.ts';

test('only a run that was interrupted or failed may wait again after its end', () => {
  assert.deepEqual(RUN_STATES.filter(hasEnded), ['complete', 'failed', 'cancelled', 'interrupted']);
  assert.deepEqual(statesAfter('waiting'), ['running', 'cancelled']);
  assert.deepEqual([...statesAfter('running')].sort(), RUN_STATES.filter(hasEnded).sort());
  assert.deepEqual(
    RUN_STATES.filter(hasEnded).filter((state) => statesAfter(state).length > 0),
    ['failed', 'interrupted'],
  );
});
