import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainRun } from '../../../src-main/scheduler/train-run.ts';
import type { TrainerConnection } from '../../../src-main/scheduler/trainer-connection.ts';
import type { FromTrainer, RunSpecification } from '../../../src-shared/contract/trainer-protocol.ts';

const SILENCE = 50;

test('a trainer whose messages wait while this process stands still is not taken for hung', async () => {
  let tell: (message: FromTrainer) => void = () => undefined;
  const ends: string[] = [];
  const connection: TrainerConnection = {
    pid: 1,
    send: () => undefined,
    listen: (listener) => {
      tell = listener;
    },
    end: (cause) => void ends.push(cause),
    causeOfDeath: () => null,
    death: new Promise(() => undefined),
  };
  const run = trainRun(connection, { run: 'a' } as RunSpecification, () => undefined, SILENCE);
  // both are due when this process goes on: the timer first, then what arrived
  setImmediate(() => tell({ type: 'stopped', run: 'a' }));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * SILENCE);
  assert.deepEqual(await run, { kind: 'stopped' });
  assert.deepEqual(ends, []);
});
