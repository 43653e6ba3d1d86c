import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { isProcessAlive } from '../../../src-main/is-process-alive.ts';

/** Of an application that was killed. */
export async function allEnd(trainers: ReadonlySet<number>): Promise<void> {
  const deadline = Date.now() + 5000;
  while ([...trainers].some(isProcessAlive)) {
    assert(Date.now() < deadline, 'a trainer outlives its application');
    await wait(10);
  }
}
