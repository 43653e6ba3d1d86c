import assert from 'node:assert/strict';
import { test } from 'node:test';
import { threadsMessage } from '../../../src-main/scheduler/threads-message.ts';

test('where missing runs are computed with another number of threads it is said, with one thread in the singular', () => {
  const told = (threads: readonly (number | null)[], now: number): string | undefined =>
    threadsMessage({ done: threads.map((each) => ({ threads: each })), missing: [0] }, now)[0];
  assert.match(told([1, 1], 2) ?? '', /by trainers with 1 thread, missing runs will use 2:/);
  assert.match(told([4, 1, 2], 2) ?? '', /by trainers with 1 and 4 threads,/);
  assert.equal(told([2, null], 2), undefined);
  assert.deepEqual(threadsMessage({ done: [{ threads: 1 }], missing: [] }, 2), []);
});
