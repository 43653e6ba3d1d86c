import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairedBootstrap } from '../../../src-shared/statistics/paired-bootstrap.ts';
import { readFixture } from './fixture.ts';

const { source, cases } = readFixture('paired-bootstrap') as {
  readonly source: string;
  readonly cases: readonly {
    readonly seeds: number;
    readonly counts: readonly number[];
    readonly low: number;
    readonly high: number;
    readonly standardError: number;
  }[];
};

test(`intervals agree with those of ${source} as far as resamples are random`, () => {
  for (const { seeds, counts, low, high, standardError } of cases) {
    const found = pairedBootstrap(
      counts.map((count) => count / seeds),
      { resamples: 10_000 },
    );
    // the standard error of such an end is .019 and .027 standard errors of the mean in 20,000 and 10,000 resamples
    const near = (one = NaN, other: number): boolean => Math.abs(one - other) < 0.12 * standardError;
    assert.ok(
      near(found?.low, low) && near(found?.high, high),
      `${found?.low} ${low}, ${found?.high} ${high}`,
    );
  }
});

test('the same differences give the same interval, and equal ones give none', () => {
  const differences = [0, 1, -1, 0, 0, 1];
  assert.deepEqual(pairedBootstrap(differences), pairedBootstrap(differences));
  assert.equal(pairedBootstrap([0, 0, 0]), null);
  assert.equal(pairedBootstrap([]), null);
});
