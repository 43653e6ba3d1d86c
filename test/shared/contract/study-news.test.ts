import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExecutionEvent } from '../../../src-shared/contract/api/execution.ts';
import { studyNews } from '../../../src-shared/contract/study-news.ts';

test('of each training of a study the first run that fails is told, and no other', () => {
  const find = studyNews();
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

test('an end is told with how it came, and not to who stopped the study', () => {
  const find = studyNews();
  const outcome = {
    study: 'a',
    total: 4,
    done: 4,
    failed: 0,
    diverged: 0,
    interrupted: 0,
    waiting: 0,
    seconds: 9,
  };
  const end = (change: { readonly done?: number; readonly stopped: boolean }) =>
    find({
      ...{ type: 'study ended', study: 'a', message: 'all of it', well: true, failure: null },
      outcome: { ...outcome, ...change },
    });
  assert.deepEqual(end({ stopped: false }), { study: 'a', title: 'a is done', body: 'all of it' });
  assert.equal(end({ done: 2, stopped: true }), null);
  assert.equal(end({ done: 2, stopped: false })?.title, 'a has ended');
});
