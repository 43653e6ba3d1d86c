import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { awakeTimer } from '../../../src-main/work/awake-timer.ts';

/** This process does nothing for so long, as if it were stopped. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

test('time in which this process stood still does not count', async () => {
  const times: number[] = [];
  const timer = awakeTimer(200, () => times.push(1));
  for (let pause = 0; pause < 5; pause++) {
    standStill(300);
    await setImmediate();
  }
  assert.deepEqual(times, []);
  await setTimeout(400);
  assert.deepEqual(times, [1], 'it comes once');
  timer.stop();
});

test('what is due at once when this process goes on is heard first', async () => {
  const heard: string[] = [];
  const timer = awakeTimer(100, () => heard.push('time is up'));
  await setTimeout(90);
  setImmediate(null).then(() => {
    timer.reset();
    heard.push('message');
  });
  standStill(300);
  await setTimeout(50);
  assert.deepEqual(heard, ['message']);
  timer.stop();
  await setTimeout(200);
  assert.deepEqual(heard, ['message']);
});
