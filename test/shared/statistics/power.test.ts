import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { pilotDeviations, type PilotValue } from '../../../src-shared/statistics/pilot-deviations.ts';
import {
  equivalencePowerOf,
  leastSeeds,
  type PlannedTest,
  powerOf,
  seedsForEquivalence,
  seedsForPower,
  smallestDifference,
} from '../../../src-shared/statistics/planned-test.ts';
import { differencePower, equivalencePower, noncentralTCdf } from '../../../src-shared/statistics/power.ts';
import { assertNear, readFixture } from './fixture.ts';

interface PowerCase {
  readonly effect: number;
  readonly n: number;
  readonly alpha: number;
  readonly power: number;
}
interface CdfCase {
  readonly t: number;
  readonly df: number;
  readonly noncentrality: number;
  readonly p: number;
}
interface DeviationCase {
  readonly deviation: number;
  readonly degreesOfFreedom: number;
  readonly low: number;
  readonly high: number;
}
const fixture = readFixture('power') as {
  readonly source: string;
  readonly cdf: readonly CdfCase[];
  readonly scipy: readonly CdfCase[];
  readonly paired: readonly PowerCase[];
  readonly unpaired: readonly PowerCase[];
  readonly pairs: readonly (Omit<PowerCase, 'n' | 'power'> & {
    readonly n: number;
    readonly target: number;
  })[];
  readonly equivalence: readonly {
    readonly margin: number;
    readonly difference: number;
    readonly error: number;
    readonly df: number;
    readonly alpha: number;
    readonly power: number;
  }[];
  readonly pilots: readonly {
    readonly values: readonly (readonly [cell: number, seed: number, value: number])[];
    readonly within: DeviationCase;
    readonly paired: DeviationCase;
  }[];
};

test(`the noncentral t is that of mpmath to 1e-12 and of SciPy to 1e-8`, () => {
  for (const cases of [fixture.cdf, fixture.scipy]) {
    for (const { t, df, noncentrality, p } of cases) {
      const digits = cases === fixture.cdf ? 12 : 8;
      assertNear(noncentralTCdf(t, df, noncentrality), p, { digits, scale: 1, what: `${t} ${df}` });
    }
  }
});

test(`power of paired and unpaired t tests is that of ${fixture.source} to 1e-8`, () => {
  assert.deepEqual([fixture.paired.length, fixture.unpaired.length], [27, 28]);
  for (const { effect, n, alpha, power } of fixture.paired) {
    const truth = { difference: effect, standardError: 1 / Math.sqrt(n), degreesOfFreedom: n - 1 };
    assertNear(differencePower(truth, alpha), power, { digits: 8, scale: 1, what: `paired ${n}` });
  }
  for (const { effect, n, alpha, power } of fixture.unpaired) {
    const truth = { difference: effect, standardError: Math.sqrt(2 / n), degreesOfFreedom: 2 * n - 2 };
    assertNear(differencePower(truth, alpha), power, { digits: 8, scale: 1, what: `unpaired ${n}` });
  }
});

test('without a difference the power is alpha', () => {
  const truth = { difference: 0, standardError: 0.7, degreesOfFreedom: 4 };
  assertNear(differencePower(truth, 0.03), 0.03, { digits: 12 });
});

test('the power of two one-sided tests is that of mpmath, and the published one of PowerTOST', () => {
  for (const { margin, difference, error, df, alpha, power } of fixture.equivalence) {
    const truth = { difference, standardError: error, degreesOfFreedom: df };
    assertNear(equivalencePower(truth, margin, alpha), power, { digits: 10, scale: 1 });
  }
  // sampleN.TOST(CV = 0.3) of the R package, on the scale of logarithms: 40 in a crossover, power 0.815845
  const deviation = Math.sqrt(Math.log(0.3 ** 2 + 1));
  const truth = {
    difference: Math.log(0.95),
    standardError: deviation * Math.sqrt(2 / 40),
    degreesOfFreedom: 38,
  };
  assertNear(equivalencePower(truth, Math.log(1.25), 0.05), 0.815845, { digits: 6 });
});

const one: PlannedTest = { deviation: 1, isPaired: true, alpha: 0.05, comparisons: 1 };

test('the number of pairs is the one of statsmodels, rounded up', () => {
  for (const { effect, alpha, target, n } of fixture.pairs) {
    const found = seedsForPower({ ...one, alpha }, effect, target);
    assert.equal(found, Math.ceil(n), `${effect} ${alpha} ${target}`);
  }
});

test('with fewer seeds than the exact test needs nothing is significant, however large', () => {
  assert.equal(powerOf(one, 1000, 5), 0);
  assertNear(powerOf(one, 1000, 6), 1);
  assert.equal(leastSeeds({ ...one, comparisons: 19 }), 10);
  assert.equal(leastSeeds({ ...one, isPaired: false }), 4);
  assert.equal(seedsForPower(one, 1000, 0.8), 6);
  assert.equal(smallestDifference(one, 5, 0.8), null);
  assert.equal(powerOf(one, 1, 1), 0);
});

test('the smallest difference has the power that it was found for', () => {
  for (const isPaired of [true, false]) {
    const planned = { ...one, deviation: 0.4, isPaired, comparisons: 3 };
    const difference = smallestDifference(planned, 9, 0.8) ?? NaN;
    assertNear(powerOf(planned, difference, 9), 0.8, { digits: 8 });
  }
});

test('a number of seeds beyond that of any study is none', () => {
  assert.equal(seedsForPower(one, 0.01, 0.8), null);
  assert.equal(seedsForEquivalence(one, 0.01, 0.8), null);
});

test('seeds for equivalence are the fewest that have the power', () => {
  const seeds = seedsForEquivalence(one, 0.75, 0.8) ?? NaN;
  assert.ok(equivalencePowerOf(one, 0.75, seeds) >= 0.8);
  assert.ok(equivalencePowerOf(one, 0.75, seeds - 1) < 0.8);
});

test('deviations of a pilot are those of linear models, with runs missing, too', () => {
  assert.equal(fixture.pilots.length, 3);
  for (const { values, within, paired } of fixture.pilots) {
    const found = pilotDeviations(values.map(([cell, seed, value]) => ({ cell: String(cell), seed, value })));
    for (const [actual, expected] of [[found.within, within] as const, [found.paired, paired] as const]) {
      assert.equal(actual?.degreesOfFreedom, expected.degreesOfFreedom);
      assertNear(actual?.deviation, expected.deviation);
      assertNear(actual?.low, expected.low);
      assertNear(actual?.high, expected.high);
    }
  }
});

test('a pilot without two seeds, or without two cells that share them, has no deviation', () => {
  const run = (cell: string, seed: number, value: number): PilotValue => ({ cell, seed, value });
  assert.deepEqual(pilotDeviations([]), { within: null, paired: null });
  assert.deepEqual(pilotDeviations([run('a', 0, 1), run('b', 0, 2)]), { within: null, paired: null });
  const apart = pilotDeviations([run('a', 0, 1), run('a', 1, 2), run('b', 2, 5), run('b', 3, 7)]);
  assert.equal(apart.within?.degreesOfFreedom, 2);
  assert.equal(apart.paired, null);
  assert.equal(pilotDeviations([run('a', 0, 1), run('a', 1, NaN)]).within, null);
});

test('the interval of a pilot covers the true deviation as often as it says', () => {
  const stream = randomStream(7, 'pilots');
  const pilots = 2000;
  const covered = Array.from({ length: pilots }, () => {
    const shifts = Array.from({ length: 3 }, () => stream.normal());
    const values = [0, 1, 2].flatMap((cell) =>
      shifts.map((shift, seed) => ({
        cell: String(cell),
        seed,
        value: 5 * cell + shift + 0.5 * stream.normal(),
      })),
    );
    const { paired } = pilotDeviations(values);
    return paired !== null && paired.low <= Math.SQRT1_2 && Math.SQRT1_2 <= paired.high;
  }).filter(Boolean).length;
  // three standard errors of a share of 0.95 among 2,000
  assert.ok(Math.abs(covered / pilots - 0.95) < 0.015, String(covered / pilots));
});
