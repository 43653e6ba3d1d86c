import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RunForecast, RunQueue, type TrainerState } from '../../../src-main/scheduler/run-queue.ts';

const CELLS = { small: 1, middle: 2, large: 3 };
const runs = [0, 1].flatMap((seed) =>
  Object.entries(CELLS).map(([cell, work]) => ({
    ...{ seed, cell, work },
    step: cell,
    run: `${cell} ${seed}`,
  })),
);

function free(...trained: string[]): TrainerState {
  return { trained: new Set(trained), run: null };
}

/** A run takes ten seconds for each unit of work, and a trainer one more for a program that it has not compiled. */
function forecastOf(rest: Readonly<Record<string, number>>): RunForecast {
  return {
    restOf: (run) => rest[run] ?? assert.fail(run),
    secondsOf: ({ work }, isCompiled) => 10 * work + (isCompiled ? 0 : 1),
  };
}

test('a trainer goes on with the cells that it has trained, the largest first, and leaves no seed unfinished', () => {
  const queue = new RunQueue(runs);
  const one = new Set<string>();
  const other = new Set<string>();
  const take = (trained: Set<string>): string | undefined => {
    const next = queue.take({ trained, run: null }, [], () => null);
    if (next) trained.add(next.cell);
    return next?.run;
  };
  assert.deepEqual([take(one), take(other), take(other)], ['large 0', 'middle 0', 'small 0']);
  assert.deepEqual(
    [take(other), take(one), take(one), take(one)],
    ['middle 1', 'large 1', 'small 1', undefined],
  );
  assert.equal(queue.length, 0);
});

test('the last runs are shared so that the trainers end together, whatever they have trained', () => {
  const last = () => new RunQueue(runs.filter(({ seed, cell }) => seed === 1 && cell !== 'middle'));
  const other = { trained: new Set(['small']), run: 'other' };
  // 30 s here and 10 there, or 11 here and 41 there
  assert.equal(last().take(free('small'), [other], () => forecastOf({ other: 1 }))?.run, 'large 1');
  // the other has 40 s left: both are for this one, which begins with what it has compiled
  assert.equal(last().take(free('small'), [other], () => forecastOf({ other: 40 }))?.run, 'small 1');
});

test('of two trainers that are free at once each goes on with what it has compiled', () => {
  const queue = new RunQueue(runs.filter(({ seed }) => seed === 1));
  const other = { trained: new Set(['large']), run: 'other' };
  assert.equal(queue.take(free('small', 'middle'), [other], () => forecastOf({ other: 0 }))?.run, 'middle 1');
  const next = { trained: new Set(['small', 'middle']), run: 'next' };
  assert.equal(queue.take(free('large'), [next], () => forecastOf({ next: 20 }))?.run, 'large 1');
});

test('a trainer for which nothing would be left takes a run all the same: the others may take longer than expected', () => {
  const queue = new RunQueue(runs.slice(0, 1));
  const other = { trained: new Set(['small']), run: 'other' };
  assert.equal(queue.take(free(), [other], () => forecastOf({ other: 0.1 }))?.run, 'small 0');
});

test('before the last runs seeds and programs decide, whatever is expected', () => {
  const many = [0, 1, 2, 3].flatMap((seed) => runs.slice(0, 3).map((run) => ({ ...run, seed })));
  const queue = new RunQueue(many);
  const other = { trained: new Set<string>(), run: 'other' };
  assert.equal(queue.take(free('small'), [other], () => assert.fail('asked'))?.cell, 'small');
});

test('runs of equally large cells keep their order', () => {
  const queue = new RunQueue(
    ['b', 'a', 'c'].map((cell) => ({ run: cell, seed: 5, cell, step: cell, work: 1 })),
  );
  const taken = [1, 2, 3].map(() => queue.take(free(), [], () => null)?.cell);
  assert.deepEqual(taken, ['b', 'a', 'c']);
});

/** Which runs of two cells go together, four at most; none takes b1 with it. */
function takenTogether(stepOf: (cell: string) => string, groups: number): string[] {
  const queue = new RunQueue(
    [0, 1, 2, 3, 4].flatMap((seed) =>
      ['a', 'b'].map((cell) => ({ run: `${cell}${seed}`, seed, cell, step: stepOf(cell), work: 1 })),
    ),
  );
  return Array.from({ length: groups }, () => {
    const first = queue.take(free(), [], () => null) ?? assert.fail();
    return [first, ...queue.takeBeside(first, 4, ({ run }) => run !== 'b1')].map(({ run }) => run).join(' ');
  });
}

test('of the runs of a cell as many go together as may, parted evenly', () => {
  assert.deepEqual(
    takenTogether((cell) => cell, 4),
    ['a0 a1 a2', 'b0 b2 b3 b4', 'b1', 'a3 a4'],
  );
});

test('runs of cells whose step is the same go together, those of one cell first', () => {
  assert.deepEqual(
    takenTogether(() => 'both', 3),
    ['a0 a1 a2', 'b0 b2 b3', 'b1 a3 a4 b4'],
  );
});

test('however many wait, few are asked whether they go together', () => {
  const queue = new RunQueue(
    Array.from({ length: 1000 }, (_, seed) => ({ run: `${seed}`, seed, cell: 'a', step: 'a', work: 1 })),
  );
  const first = queue.take(free(), [], () => null) ?? assert.fail();
  let asked = 0;
  const beside = queue.takeBeside(first, 4, () => ++asked > 0);
  assert.deepEqual([beside.length, asked], [3, 16]);
});

test('what a person puts first begins before all others, and what is taken out does not begin', () => {
  const queue = new RunQueue(runs);
  queue.putFirst(['small 1', 'gone']);
  queue.putFirst(['middle 1']);
  const gone = new Set(['large 0']);
  assert.deepEqual(
    queue.remove(gone).map(({ cell }) => cell),
    ['large'],
  );
  assert.deepEqual(queue.remove(gone), []);
  const taken = Array.from({ length: 4 }, () => queue.take(free(), [], () => null)?.run);
  assert.deepEqual(taken, ['middle 1', 'small 1', 'middle 0', 'small 0']);
});
