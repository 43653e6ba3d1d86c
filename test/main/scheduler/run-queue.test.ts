import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunQueue } from '../../../src-main/scheduler/run-queue.ts';

const CELLS = { small: 1, middle: 2, large: 3 };
const runs = [0, 1].flatMap((seed) =>
  Object.entries(CELLS).map(([cell, work]) => ({ seed, cell, work, name: `${cell} ${seed}` })),
);

test('a trainer goes on with the cells that it has trained, the largest first, and leaves no seed unfinished', () => {
  const queue = new RunQueue(runs, 1);
  const one = new Set<string>();
  const other = new Set<string>();
  const take = (trained: Set<string>): string | undefined => {
    const next = queue.take(trained);
    if (next) trained.add(next.cell);
    return next?.name;
  };
  assert.deepEqual([take(one), take(other), take(other)], ['large 0', 'middle 0', 'small 0']);
  assert.deepEqual(
    [take(other), take(one), take(one), take(one)],
    ['middle 1', 'large 1', 'small 1', undefined],
  );
  assert.equal(queue.length, 0);
});

test('of the last runs, one for each trainer, the largest is first, whatever was trained', () => {
  const queue = new RunQueue(
    runs.filter(({ cell }) => cell !== 'middle'),
    2,
  );
  assert.equal(queue.take(new Set())?.name, 'large 0');
  assert.equal(queue.take(new Set())?.name, 'small 0');
  // with both cells of the last seed waiting, the one that was faster takes the large one
  assert.equal(queue.take(new Set(['small']))?.name, 'large 1');
  assert.equal(queue.take(new Set(['large']))?.name, 'small 1');
});

test('runs of equally large cells keep their order', () => {
  const queue = new RunQueue(
    ['b', 'a', 'c'].map((cell) => ({ seed: 5, cell, work: 1 })),
    2,
  );
  const taken = [1, 2, 3].map(() => queue.take(new Set())?.cell);
  assert.deepEqual(taken, ['b', 'a', 'c']);
});
