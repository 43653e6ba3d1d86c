import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEarly } from '../../../src-main/executors/start-early.ts';
import type { Trainer } from '../../../src-main/executors/executor.ts';
import { WorkerDied } from '../../../src-main/work/worker-died.ts';
import { scriptedTrainers } from '../scheduler/sample-execution.ts';

/** Scripted trainers, with a look at all that were started. */
function observed() {
  const { startTrainer } = scriptedTrainers();
  const started: Promise<Trainer>[] = [];
  const executor: ReturnType<typeof scriptedTrainers> = {
    startTrainer: (threads, signal) => {
      const starting = startTrainer(threads, signal);
      started.push(starting);
      return starting;
    },
  };
  return { executor, started };
}

const never = new AbortController().signal;

test('trainers that were started early are the first that are taken', async () => {
  const { executor, started } = observed();
  const early = startEarly(executor, 2, 1);
  assert.equal(started.length, 2);
  const taken = await Promise.all([1, 2, 3].map(() => early.startTrainer(1, never)));
  assert.deepEqual(
    taken.map(({ pid }) => pid),
    (await Promise.all(started)).map(({ pid }) => pid),
  );
  assert.equal(new Set(taken.map(({ pid }) => pid)).size, 3);
  await Promise.all(taken.map((trainer) => trainer.leave()));
});

test('one with other threads is started anew; what nobody took ends with the signal, what was taken stays', async () => {
  const { executor, started } = observed();
  const over = new AbortController();
  const early = startEarly(executor, 2, 1, over.signal);
  const taken = await early.startTrainer(1, never);
  const wider = await early.startTrainer(2, never);
  assert.equal(started.length, 3);
  const unused = await started[1];
  over.abort();
  while (unused?.death() === null) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(taken.death(), null);
  await Promise.all([taken.leave(), wider.leave()]);
});

test('one that has died before it was taken is told as dead, so that another is started', async () => {
  const { executor, started } = observed();
  const early = startEarly(executor, 1, 1);
  const trainer = await started[0];
  trainer?.kill();
  while (trainer?.death() === null) await new Promise((resolve) => setImmediate(resolve));
  await assert.rejects(early.startTrainer(1, never), WorkerDied);
  const next = await early.startTrainer(1, never);
  assert.equal(next.death(), null);
  await next.leave();
});

test('a trainer that nobody took ends even before it is ready, and one that was taken with the signal of its taker', async () => {
  const { executor, started } = observed();
  const over = new AbortController();
  const early = startEarly(executor, 2, 1, over.signal);
  const killed = new AbortController();
  const taking = early.startTrainer(1, killed.signal);
  killed.abort(new Error('killed'));
  over.abort();
  await assert.rejects(taking, /killed/);
  await assert.rejects(started[1] ?? Promise.resolve(), { name: 'AbortError' });
  assert.throws(() => startEarly(executor, 1, 1, over.signal), { name: 'AbortError' });
  assert.equal(started.length, 2);
});
