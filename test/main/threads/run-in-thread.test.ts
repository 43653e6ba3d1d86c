import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInThread, type ThreadOptions } from '../../../src-main/threads/run-in-thread.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { SampleTask } from './sample-thread.ts';

function run(task: SampleTask, options: ThreadOptions<number> = {}): Promise<string> {
  return runInThread<string, number>(new URL('./sample-thread.ts', import.meta.url), task, options);
}

test('a thread is given its task, tells its progress and answers', async () => {
  const told: number[] = [];
  assert.equal(await run('double', { onProgress: (share) => told.push(share) }), 'doubledouble');
  assert.deepEqual(told, [0.5]);
});

test('a Problem of the work is the same Problem here, a bug is its error, and no answer is a bug', async () => {
  await assert.rejects(run('problem'), new Problem('not-found', 'There is none.'));
  await assert.rejects(run('bug'), { name: 'TypeError', message: 'a bug of the work' });
  await assert.rejects(run('leave'), /sample-thread\.ts ended without an answer/);
});

test('cancelled work ends with the reason: it is asked to, or stopped whatever it does', async () => {
  const reason = new Error('enough');
  for (const [task, whenCancelled] of [
    ['wait', 'asked'],
    ['spin', 'stopped'],
  ] as const) {
    const controller = new AbortController();
    const { signal } = controller;
    const working = run(task, { signal, whenCancelled, onProgress: () => controller.abort(reason) });
    await assert.rejects(working, reason);
    await assert.rejects(run(task, { signal, whenCancelled }), reason);
  }
});
