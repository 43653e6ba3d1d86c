import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { seedInterval } from '../../../src-shared/statistics/seed-interval.ts';
import { seedsForHalfWidth } from '../../../src-shared/statistics/two-stage.ts';

test('the number of values follows from the deviation of the first', () => {
  // t(0.975, 4) = 2.7764451; the deviation of 0 to 4 is the root of 2.5
  assert.equal(seedsForHalfWidth([0, 1, 2, 3, 4], 1), Math.ceil(2.7764451 ** 2 * 2.5));
  assert.equal(seedsForHalfWidth([0, 1, 2, 3, 4], 100), 5);
  assert.equal(seedsForHalfWidth([1, 1, 1], 1), 3);
  assert.throws(() => seedsForHalfWidth([1], 1), RangeError);
});

test('the interval has the deviation of the first stage and the mean of all', () => {
  const values = [0, 1, 2, 3, 4, 20].map((value, seed) => ({ seed, value }));
  const { n, mean, low, high } = seedInterval(values, [0, 1, 2, 3, 4], [-Infinity, Infinity]);
  const half = (2.7764451051977987 * Math.sqrt(2.5)) / Math.sqrt(6);
  assert.deepEqual([n, mean], [6, 5]);
  assert.ok(Math.abs((low ?? NaN) - (5 - half)) < 1e-9 && Math.abs((high ?? NaN) - (5 + half)) < 1e-9);
  const plain = tInterval(values.map(({ value }) => value));
  assert.deepEqual(seedInterval(values, undefined, [-Infinity, Infinity]), plain);
  // a first stage of which one value is left says nothing of the deviation
  assert.deepEqual(seedInterval(values.slice(4), [0, 1, 2, 3, 4], [-Infinity, Infinity]), {
    n: 2,
    mean: 12,
    low: null,
    high: null,
  });
});

test('it covers the mean in 95 % of studies, where adding seeds until the usual interval is narrow does not', () => {
  const STUDIES = 4000;
  const [MIN, MAX] = [5, 12];
  const random = randomStream(1);
  // half widths in deviations: nearly all get 12 seeds, or some, or nearly all get 5
  for (const halfWidth of [0.5, 0.7, 1, 1.5]) {
    const covered = { stein: 0, naive: 0 };
    for (let study = 0; study < STUDIES; study++) {
      const all = Array.from({ length: MAX }, () => random.normal());
      const first = all.slice(0, MIN);
      const n = Math.min(MAX, seedsForHalfWidth(first, halfWidth));
      const { low, high } = tInterval(all.slice(0, n), { firstStage: first });
      if (low !== null && high !== null && low <= 0 && high >= 0) covered.stein++;
      const naive = usual(all, halfWidth);
      if (naive.low <= 0 && naive.high >= 0) covered.naive++;
    }
    // a standard error of the simulation is 0.34 %
    assert.ok(covered.stein / STUDIES >= 0.94, `${covered.stein} of ${STUDIES} at ${halfWidth}`);
    assert.ok(covered.stein / STUDIES <= 0.96, `${covered.stein} of ${STUDIES} at ${halfWidth}`);
    if (halfWidth === 0.7) assert.ok(covered.naive / STUDIES < 0.915, `${covered.naive} of ${STUDIES}`);
  }
});

/** From three values on, the first t interval that is narrow enough. */
function usual(all: readonly number[], halfWidth: number): { readonly low: number; readonly high: number } {
  for (let n = 3; ; n++) {
    const { mean, low, high } = tInterval(all.slice(0, n));
    if (mean === null || low === null || high === null) throw new Error('no interval');
    if ((high - low) / 2 <= halfWidth || n === all.length) return { low, high };
  }
}
