import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExecutionEvent } from '../../../src-shared/contract/api/execution.ts';
import { firstFailures } from '../../../src-shared/contract/first-failure.ts';

test('of each training of a study the first run that fails is told, and no other', () => {
  const find = firstFailures();
  const at = (study: string, event: Partial<ExecutionEvent>) =>
    find({ type: 'execution', study, event: event as ExecutionEvent });
  const failed = (seed: number): Partial<ExecutionEvent> => ({
    ...{ type: 'run failed', run: 'r', cell: 'c', factors: { 'network.sr': 0.5 }, seed },
    failure: { code: 'loss-not-finite', message: 'The loss is NaN.', step: 3 },
  });
  assert.deepEqual(at('a', failed(0)), {
    ...{ study: 'a', title: 'a: a run failed', body: 'SR = 0.5, seed 0: The loss is NaN.' },
  });
  assert.equal(at('a', failed(1)), null);
  assert.equal(at('b', failed(0))?.study, 'b');
  assert.equal(at('a', { type: 'study started' }), null);
  assert.ok(at('a', failed(0)));
});
