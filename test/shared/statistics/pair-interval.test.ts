import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream, type RandomStream } from '../../../src-shared/random.ts';
import { mean, tInterval } from '../../../src-shared/statistics/interval.ts';
import { pairInterval } from '../../../src-shared/statistics/pair-interval.ts';

/** Of each of n replicates the mean over its pairs; a pair has a part of either and one of its own. True mean: 0. */
function pairedMeans(n: number, own: number, random: RandomStream): number[] {
  const parts = Array.from({ length: n }, () => random.normal());
  const pairs = new Map<string, number>();
  for (let one = 0; one < n; one++)
    for (let other = one + 1; other < n; other++)
      pairs.set(`${one} ${other}`, (parts[one] ?? 0) + (parts[other] ?? 0) + own * random.normal());
  return parts.map((_, one) =>
    mean([...pairs].filter(([key]) => key.split(' ').includes(String(one))).map(([, value]) => value)),
  );
}

test('the interval over pairs of seeds covers the true mean, where that of their means does not', () => {
  const random = randomStream(5, 'pairs');
  const rounds = 2000;
  for (const n of [3, 5, 8])
    for (const own of [0, 1]) {
      let covered = 0;
      let coveredByMeans = 0;
      for (let round = 0; round < rounds; round++) {
        const means = pairedMeans(n, own, random);
        const covers = ({ low, high }: { low: number | null; high: number | null }): boolean =>
          (low ?? NaN) <= 0 && (high ?? NaN) >= 0;
        if (covers(pairInterval(means))) covered++;
        if (covers(tInterval(means))) coveredByMeans++;
      }
      // three standard errors of a share of 0.95 among 2,000 are 0.015
      assert.ok(covered / rounds > 0.935, `${n}: ${covered / rounds}`);
      assert.ok(coveredByMeans / rounds < 0.8, `${n}: ${coveredByMeans / rounds}`);
      // without a part of the pairs' own it is exact
      if (own === 0) assert.ok(covered / rounds < 0.965, `${n}: ${covered / rounds}`);
    }
});

test('the interval over pairs is the jackknife of the pairs left when a replicate goes', () => {
  // pairs 0-1: 0.5, 0-2: 0.7, 1-2: 0.6; without a replicate one pair is left, and its variance is 2/3 of the sum of squares
  const { mean: centre, high } = pairInterval([0.6, 0.55, 0.65]);
  assert.ok(Math.abs((centre ?? NaN) - 0.6) < 1e-12);
  const error = Math.sqrt((2 / 3) * (0.1 ** 2 + 0.1 ** 2));
  assert.ok(Math.abs((high ?? NaN) - 0.6 - 4.302652729911275 * error) < 1e-9);
  assert.deepEqual(pairInterval([0.5, 0.5]), { n: 2, mean: 0.5, low: null, high: null });
});
