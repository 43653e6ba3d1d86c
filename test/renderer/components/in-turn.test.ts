import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inTurn, leaveTurn, nextInTurn } from '../../../src-renderer/components/in-turn.ts';

/** Until nothing waits. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn <= count; turn++) await pause(0);
};

test('what is due at once is made piece by piece, each in a task of its own', async () => {
  const made: string[] = [];
  const madeByThen: number[] = [];
  const make = ['first', 'second', 'third'].map((name) => () => {
    made.push(name);
    queueMicrotask(() => madeByThen.push(made.length));
  });
  for (const each of make) inTurn(each);
  for (const each of make.slice(1)) inTurn(each);
  assert.equal(made.length, 0);
  await turns(10);
  assert.deepEqual(made, ['first', 'second', 'third']);
  assert.deepEqual(madeByThen, [1, 2, 3]);
  inTurn(() => made.push('alone'));
  await turns(2);
  assert.deepEqual(made.slice(3), ['alone']);
});

test('the rest of a piece is made after it, before what waits, in a task of its own', async () => {
  const made: string[] = [];
  const madeByThen: number[] = [];
  inTurn(() => {
    made.push('begun');
    nextInTurn(() => made.push('ended'));
    queueMicrotask(() => madeByThen.push(made.length));
  });
  inTurn(() => made.push('another'));
  await turns(10);
  assert.deepEqual(made, ['begun', 'ended', 'another']);
  assert.deepEqual(madeByThen, [1]);
});

test('what has left its turn is not made, and what cannot be made holds up nothing', async (t) => {
  const made: string[] = [];
  const left = (): void => void made.push('left');
  inTurn(() => made.push('first'));
  inTurn(left);
  inTurn(() => made.push('last'));
  leaveTurn(left);
  await turns(10);
  assert.deepEqual(made, ['first', 'last']);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  inTurn(() => {
    throw new Error('it cannot be made');
  });
  inTurn(() => made.push('after it'));
  assert.throws(() => t.mock.timers.tick(1), /cannot be made/);
  t.mock.timers.tick(1);
  assert.equal(made.at(-1), 'after it');
});
