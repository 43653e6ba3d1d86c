import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFinal, RUN_STATES, statesAfter } from '../../../src-shared/studies/run-state.ts';

test('a run begins once, ends once, and then stays as it is', () => {
  assert.deepEqual(RUN_STATES.filter(isFinal), ['complete', 'failed', 'cancelled', 'interrupted']);
  assert.deepEqual(statesAfter('waiting'), ['running', 'cancelled']);
  assert.deepEqual([...statesAfter('running')].sort(), RUN_STATES.filter(isFinal).sort());
});
