import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inTurn, leaveTurn } from '../../../src-renderer/components/in-turn.ts';

/** Until nothing waits. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn <= count; turn++) await pause(0);
};

test('of what is due at once the first is made now, and the others each in a task of its own', async () => {
  const made: string[] = [];
  const madeByThen: number[] = [];
  const make = ['first', 'second', 'third'].map((name) => () => {
    made.push(name);
    queueMicrotask(() => madeByThen.push(made.length));
  });
  for (const each of make) inTurn(each);
  for (const each of make.slice(1)) inTurn(each);
  assert.deepEqual(made, ['first']);
  await turns(10);
  assert.deepEqual(made, ['first', 'second', 'third']);
  assert.deepEqual(madeByThen, [1, 2, 3]);
  inTurn(() => made.push('alone'));
  assert.equal(made.at(-1), 'alone', 'nothing waits any more');
  await turns(2);
});

test('what has left its turn is not made, and what cannot be made holds up nothing', async () => {
  const made: string[] = [];
  const left = (): void => void made.push('left');
  inTurn(() => made.push('first'));
  inTurn(left);
  inTurn(() => made.push('last'));
  leaveTurn(left);
  await turns(10);
  assert.deepEqual(made, ['first', 'last']);
  assert.throws(() =>
    inTurn(() => {
      throw new Error('it cannot be made');
    }),
  );
  inTurn(() => made.push('after it'));
  await turns(10);
  assert.equal(made.at(-1), 'after it');
});
