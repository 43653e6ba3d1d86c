import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import {
  type DistributionStep,
  errorDistribution,
} from '../../../src-shared/statistics/error-distribution.ts';
import { assertNear, readFixture } from './fixture.ts';

const { source, cases } = readFixture('error-distribution') as {
  readonly source: string;
  readonly cases: readonly {
    readonly errors: readonly number[];
    readonly steps: readonly DistributionStep[];
  }[];
};

test(`distributions and their bands agree with ${source}`, () => {
  for (const { errors, steps: expected } of cases) {
    const { steps, missing } = errorDistribution(errors);
    assert.equal(missing, 0);
    assert.equal(steps.length, expected.length);
    for (const [place, step] of expected.entries())
      for (const key of ['error', 'share', 'low', 'high'] as const)
        assertNear(steps[place]?.[key], step[key], { digits: 12, what: `${key} at ${step.error}` });
  }
});

test('models without an error widen the band to both sides, and are in no share', () => {
  const { steps, margin, missing } = errorDistribution([0.3, 0.1, NaN, 0.3, 0.2]);
  assert.equal(missing, 1);
  assertNear(margin, Math.sqrt(Math.log(40) / 10));
  assert.deepEqual(
    steps.map(({ error, share }) => [error, share]),
    [
      [0.1, 0.25],
      [0.2, 0.5],
      [0.3, 1],
    ],
  );
  assertNear(steps[2]?.low, 4 / 5 - margin);
  const many = errorDistribution(Array.from({ length: 60 }, (_, place) => (place < 50 ? place : NaN)));
  assertNear(many.steps[0]?.high, 11 / 60 + many.margin);
  assert.deepEqual(errorDistribution([]), { steps: [], margin: 1, missing: 0 });
});

test('of samples without replacement, also with errors missing at the bad end, the band holds the whole grid’s distribution in 95 % or more', () => {
  const random = randomStream(5, 'grid of errors');
  const grid = Array.from({ length: 400 }, () => Math.round(100 * random.uniform() ** 2) / 100);
  const sharesOf = (error: number): number => grid.filter((each) => each <= error).length / grid.length;
  const whole = new Map([...new Set(grid)].map((error) => [error, sharesOf(error)]));
  for (const lost of [Infinity, 0.6]) {
    let covered = 0;
    const repeats = 1000;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const sample = [...random.permutation(grid.length)].slice(0, 40).map((place) => grid[place] ?? NaN);
      const { steps, margin, missing } = errorDistribution(
        sample.map((error) => (error > lost ? NaN : error)),
      );
      // between the steps the ends of the band stay, as the sample has no error there
      let [low, high] = [0, margin + missing / sample.length];
      const within = [...whole]
        .toSorted(([a], [b]) => a - b)
        .every(([error, share]) => {
          const step = steps.findLast((each) => each.error <= error);
          if (step) [low, high] = [step.low, step.high];
          return share >= low - 1e-12 && share <= high + 1e-12;
        });
      if (within) covered += 1;
    }
    // standard error of a share of .95 over 1,000: .007
    assert.ok(covered / repeats >= 0.95 - 0.02, `${covered} of ${repeats} with ${lost}`);
  }
});
