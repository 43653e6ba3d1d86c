import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from '../../../scripts/bench/shared/networks.ts';
import { trainAsStudies, trainFed } from '../../../scripts/bench/shared/timed-training.ts';
import { engine } from '../../main/engine/test-engine.ts';

const training = { graph: graphOf('demo-0.125-0'), batch: 8 };

test('steps that make the values of their images from bytes see what those see that are given them, alone and side by side', async () => {
  const fed = await trainFed(engine, training);
  const fromBytes = await trainAsStudies(engine, training);
  const fused = await trainAsStudies(engine, { ...training, networks: 2 });
  try {
    assert.equal(fed.firstLosses.length, 1);
    for (const found of [fromBytes, fused])
      for (const [network, loss] of found.firstLosses.entries())
        // each network has its own initial weights; the first has those of the one that is alone
        if (network === 0) assert.ok(Math.abs(loss - (fed.firstLosses[0] ?? Number.NaN)) < 1e-5);
    assert.equal(fused.firstLosses.length, 2);
    assert.notEqual(fused.firstLosses[0], fused.firstLosses[1]);
  } finally {
    for (const each of [fed, fromBytes, fused]) each.close();
  }
});

test('the time of a step is that of the calls over their steps', async () => {
  const timed = await trainAsStudies(engine, training);
  try {
    const seconds = await timed.secondsOfStep(0);
    assert.ok(seconds > 0 && seconds < 10, String(seconds));
    assert.ok(timed.mostSteps >= 1);
    assert.ok(timed.firstStepSeconds > 0);
  } finally {
    timed.close();
  }
});
