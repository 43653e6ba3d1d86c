import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanSpeed } from '../../../src-shared/metrics/mean-speed.ts';

test('the speed of some steps is that of their time, and so is the share in which they waited', () => {
  assert.equal(meanSpeed([]), null);
  // of 100 images: 1 s without waiting, and 3 s after 4 s of waiting
  const speed = meanSpeed([
    { imagesPerSecond: 100, dataWaitShare: 0 },
    { imagesPerSecond: 100 / 3, dataWaitShare: 4 / 7 },
  ]);
  assert.ok(Math.abs((speed?.imagesPerSecond ?? 0) - 50) < 1e-9);
  assert.ok(Math.abs((speed?.dataWaitShare ?? 0) - 0.5) < 1e-9);
});
