import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addedTimeText } from '../../../src-shared/runs/added-time.ts';

test('further seeds take as long as the complete runs of their cells did, and what is not known is told', () => {
  const run = (cell: string, seconds: number | null, state: 'complete' | 'failed' = 'complete') => ({
    ...{ cell, seconds, state },
  });
  const runs = [
    run('a', 60),
    run('a', 80),
    run('b', 3600),
    run('b', 1, 'failed'),
    run('c', null),
    run('d', 5),
  ];
  // 3 x (70 s + 3,600 s)
  assert.equal(
    addedTimeText(runs, ['a', 'b'], 3),
    'about 3 h 3 min of training by the 3 complete runs of these cells; parallel runs share it',
  );
  assert.match(
    addedTimeText(runs, ['d', 'c', 'e'], 2),
    /^about 10 s of training by the 1 complete run of these cells, without 2 cells of which no complete run has a time;/,
  );
  // of 90 s that three took together each has 30 s
  const fused = [1, 2, 3].map(() => ({ ...run('f', 90), fusedWith: ['x', 'y'] }));
  assert.match(addedTimeText(fused, ['f'], 2), /^about 1 min of training/);
  assert.deepEqual([addedTimeText(runs, ['c'], 2), addedTimeText([], ['a'], 2)], ['', '']);
});
