import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSeeds, type SeedComparison } from '../../../src-shared/statistics/compare-seeds.ts';
import { type EquivalenceTest, equivalenceTest } from '../../../src-shared/statistics/equivalence-test.ts';
import { holmAdjusted } from '../../../src-shared/statistics/holm.ts';
import { judgeEquivalence, seedsToBeEquivalent } from '../../../src-shared/statistics/judge-equivalence.ts';
import { kendallTau } from '../../../src-shared/statistics/kendall-tau.ts';
import {
  leastExchangeP,
  leastOneSidedExchangeP,
  leastOneSidedSignFlipP,
  leastSignFlipP,
  pairsNeeded,
  signFlipTest,
} from '../../../src-shared/statistics/sign-flip-test.ts';
import { pairedTTest, welchTTest, type TTest } from '../../../src-shared/statistics/t-test.ts';
import { assertNear, readFixture } from './fixture.ts';

interface Pair {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

interface Fixture {
  readonly source: string;
  readonly paired: readonly (Pair & { readonly test: TTest; readonly signFlipP: number | null })[];
  readonly welch: readonly (Pair & { readonly test: TTest })[];
  readonly equivalence: readonly (Pair &
    EquivalenceTest & { readonly paired: boolean; readonly margin: number })[];
  readonly holm: readonly { readonly p: readonly number[]; readonly adjusted: readonly number[] }[];
  readonly kendall: readonly (Pair & {
    readonly tau: number;
    readonly p: number;
    readonly exact: boolean;
  })[];
}

const { source, ...fixture } = readFixture('comparisons') as Fixture;

/** Differences of values near 0.8 have lost a digit or two. */
function assertSameTest(actual: TTest | null, expected: TTest): void {
  for (const key of ['difference', 'low', 'high', 't', 'degreesOfFreedom', 'p'] as const) {
    assertNear(actual?.[key], expected[key], { digits: 8, scale: key === 't' ? 1 : 0.01, what: key });
  }
}

function differences({ first, second }: Pair): number[] {
  return first.map((value, place) => value - (second[place] ?? NaN));
}

test(`paired t tests agree with ${source} to eight digits`, () => {
  assert.equal(fixture.paired.length, 7);
  for (const pair of fixture.paired) assertSameTest(pairedTTest(differences(pair)), pair.test);
});

test(`sign-flip tests agree with ${source}, ties included`, () => {
  const known = fixture.paired.filter(({ signFlipP }) => signFlipP !== null);
  assert.equal(known.length, 6);
  for (const pair of known) {
    const flips = signFlipTest(differences(pair));
    assertNear(flips?.p, pair.signFlipP ?? NaN, { digits: 12 });
    assert.ok((flips?.p ?? 0) >= leastSignFlipP(pair.first.length));
  }
});

test(`Welch's tests agree with ${source} to eight digits`, () => {
  for (const pair of fixture.welch) assertSameTest(welchTTest(pair.first, pair.second), pair.test);
});

test(`two one-sided tests and their 90 % intervals agree with ${source} to eight digits, paired and not`, () => {
  assert.equal(fixture.equivalence.length, 20);
  for (const { paired, margin, ...pair } of fixture.equivalence) {
    const test = paired ? pairedTTest(differences(pair)) : welchTTest(pair.first, pair.second);
    assert.ok(test);
    const found = equivalenceTest(test, margin);
    for (const key of ['p', 'noGainP', 'noLossP'] as const)
      assertNear(found[key], pair[key], { digits: 8, scale: 0.01, what: key });
    for (const [end, value] of found.interval.entries())
      assertNear(value, pair.interval[end] ?? NaN, { digits: 8, scale: 0.01 });
    // the two ways to say it are one
    const [low, high] = found.interval;
    assert.equal(found.p < 0.05, -margin < low && high < margin);
  }
});

test('equivalence is claimed only where exact tests could, adjusted for comparisons and for the choice of the baseline', () => {
  const near = [0.001, -0.001, 0.0005, -0.0008, 0.0002, 0.0004];
  const comparison = (pairs: number): SeedComparison =>
    compareSeeds(values(...near.slice(0, pairs).map((each) => 0.8 + each)), values(...near.map(() => 0.8)));
  const isEquivalent = (pairs: number, others: number, cells: number | null): boolean | undefined =>
    judgeEquivalence(Array<SeedComparison>(others).fill(comparison(pairs)), 0.01, cells)[0]?.isEquivalent;
  // 2 ** -n: one comparison takes 5 seeds, two take 6
  assert.deepEqual([isEquivalent(4, 1, null), isEquivalent(5, 1, null)], [false, true]);
  assert.deepEqual([isEquivalent(5, 2, null), isEquivalent(6, 2, null)], [false, true]);
  assert.equal(isEquivalent(6, 2, 3), false);
  assert.deepEqual(
    [
      seedsToBeEquivalent(1, null),
      seedsToBeEquivalent(1, 2),
      seedsToBeEquivalent(2, null),
      seedsToBeEquivalent(2, 3),
    ],
    [5, 5, 6, 7],
  );
  const [one] = judgeEquivalence([comparison(6), comparison(6)], 0.01, 3);
  assertNear(one?.adjustedP, (one?.p ?? NaN) * 2 * 3, { digits: 12 });
  assert.equal(leastOneSidedSignFlipP(5), leastSignFlipP(5) / 2);
  assert.equal(leastOneSidedExchangeP(3, 3), leastExchangeP(3, 3) / 2);
  assert.equal(leastOneSidedExchangeP(3, 4), leastExchangeP(3, 4));
  assert.deepEqual(judgeEquivalence([compareSeeds(values(0.8), values(0.8))], 0.01, null), [null]);
});

test(`Holm's adjustment agrees with ${source}, and what has no p counts as a comparison`, () => {
  for (const { p, adjusted } of fixture.holm) {
    for (const [place, value] of holmAdjusted(p).entries()) assertNear(value, adjusted[place] ?? NaN);
  }
  assert.deepEqual(holmAdjusted([0.01, null, 0.04]), [0.03, null, 0.08]);
  assert.deepEqual(holmAdjusted([0.01, NaN, 0.04]), [0.03, null, 0.08]);
});

test(`Kendall's tau-b and its p agree with ${source}`, () => {
  for (const { first, second, tau, p, exact } of fixture.kendall) {
    const found = kendallTau(first, second);
    assertNear(found?.tau, tau, { digits: 12, scale: 1 });
    assertNear(found?.p, p, { digits: 8, what: `n = ${first.length}` });
    assert.equal(found?.exact, exact);
  }
  assert.equal(kendallTau([1, 1, 1], [1, 2, 3]), null);
  assert.equal(kendallTau([1], [1]), null);
  assert.throws(() => kendallTau([1, 2], [1]), RangeError);
});

test('a sign-flip test of many pairs draws patterns, the same each time', () => {
  const mixed = Array.from({ length: 30 }, (_, place) => (place % 3) - 1 + 0.4);
  const [first, second] = [signFlipTest(mixed), signFlipTest(mixed)];
  assert.deepEqual(first, second);
  assert.equal(first?.exact, false);
  // with 30 pairs the t test is close: 2.7 standard errors
  const t = pairedTTest(mixed);
  assert.ok(Math.abs(first.p - (t?.p ?? 1)) < 0.01, `${first.p} beside ${t?.p}`);
});

test('differences that are all the same are no test, but for rounding too', () => {
  assert.equal(pairedTTest([0, 0, 0]), null);
  assert.equal(pairedTTest([0.1]), null);
  assert.equal(pairedTTest([0.5, 0.5, 0.5]), null);
  // as accuracies counted on 1,000 images give them: -0.031 twice, in two roundings
  const ties = [0.831 - 0.862, 0.036 - 0.067];
  assert.notEqual(ties[0], ties[1]);
  assert.equal(pairedTTest(ties), null);
  const tied = compareSeeds(values(0.831, 0.036), values(0.862, 0.067));
  assert.deepEqual([tied.method, tied.test, tied.n], ['paired', null, [2, 2]]);
  assert.match(tied.cautions.join(), /the same for every seed, so there is no variation to test it against/);
  assert.equal(welchTTest([1, 1], [1, 1]), null);
  assert.equal(welchTTest([0.1 + 0.2, 0.3], [0.4, 0.4]), null);
  assert.equal(welchTTest([1], [1, 2]), null);
  assert.equal(signFlipTest([]), null);
  assert.equal(signFlipTest([0, 0])?.p, 1);
});

const values = (...accuracies: number[]): { seed: number; value: number }[] =>
  accuracies.map((value, seed) => ({ seed, value }));

test('cells are compared seed by seed', () => {
  const first = values(0.9, 0.91, 0.92, 0.93, 0.95);
  const comparison = compareSeeds(first, values(0.8, 0.8, 0.82, 0.83, 0.84).toReversed());
  assert.equal(comparison.method, 'paired');
  assert.deepEqual(
    comparison.differences.map(({ seed, difference }) => [seed, Number(difference.toFixed(6))]),
    [
      [0, 0.1],
      [1, 0.11],
      [2, 0.1],
      [3, 0.1],
      [4, 0.11],
    ],
  );
  assert.equal(comparison.signFlip?.p, 0.0625);
  assert.equal(comparison.leastP, 0.0625);
  assert.ok((comparison.test?.p ?? 1) < 1e-5);
  assert.deepEqual(comparison.cautions, []);
  assert.equal(pairsNeeded(0.05), 6);
  assert.equal(pairsNeeded(0.0625), 6, 'below it, not at it');
  assert.equal(pairsNeeded(0.01), 8);
});

test('the least p of an exchange is one of all ways to divide the values, two of them between equal numbers', () => {
  for (const [first, second] of [
    [2, 2],
    [3, 4],
    [5, 5],
  ] as const) {
    const all = first + second;
    const sizes = Array.from({ length: 2 ** all }, (_, set) => set.toString(2).replaceAll('0', '').length);
    const ways = sizes.filter((size) => size === first).length;
    assert.equal(leastExchangeP(first, second), (first === second ? 2 : 1) / ways);
  }
});

const BAD = [NaN, Infinity, -Infinity];

test('values that are not finite are no evidence: no test answers them with a small p', () => {
  for (const bad of BAD) {
    assert.equal(signFlipTest([1, 2, bad]), null);
    assert.equal(signFlipTest([...Array<number>(24).fill(1), bad]), null);
    assert.equal(pairedTTest([1, 2, bad]), null);
    assert.equal(welchTTest([1, 2, bad], [2, 3]), null);
    const left = compareSeeds(values(0.9, bad, 0.8, 0.7), values(0.5, 0.6, 0.5, 0.5));
    assert.deepEqual(
      left,
      compareSeeds(values(0.9, 0.5, 0.8, 0.7).filter(notSecond), values(0.5, 0.6, 0.5, 0.5)),
    );
  }
  assert.equal(kendallTau([1, 2, 3, 4], [1, NaN, 2, 5]), null);
  // infinities have an order
  assert.deepEqual(
    kendallTau([1, 2, 3, 4], [-Infinity, 2, 3, Infinity]),
    kendallTau([1, 2, 3, 4], [1, 2, 3, 4]),
  );
  assert.deepEqual(
    kendallTau([1, 2, 3, 4], [1, 2, Infinity, Infinity]),
    kendallTau([1, 2, 3, 4], [1, 2, 3, 3]),
  );
});

function notSecond({ seed }: { readonly seed: number }): boolean {
  return seed !== 1;
}

test('seeds of one side only are left out of a pairing, and said', () => {
  const comparison = compareSeeds(values(0.9, 0.8, 0.7), values(0.6, 0.7));
  assert.deepEqual(comparison.n, [2, 2]);
  assert.match(comparison.cautions.join('\n'), /Only the 2 seeds that both cells have/);
});

test('without shared seeds the test is unpaired, and with too few runs there is none', () => {
  const others = [
    { seed: 7, value: 0.7 },
    { seed: 8, value: 0.72 },
  ];
  const unpaired = compareSeeds(values(0.8, 0.9), others);
  assert.equal(unpaired.method, 'unpaired');
  assert.equal(unpaired.signFlip, null);
  assertSameTest(unpaired.test, welchTTest([0.8, 0.9], [0.7, 0.72]) as TTest);
  assert.match(unpaired.cautions.join(), /unpaired/);
  assert.equal(unpaired.leastP, 2 / 6);
  const none = compareSeeds(values(0.8), others);
  assert.deepEqual([none.method, none.test], ['none', null]);
  assert.match(none.cautions.join(), /1 seed against 2: a test needs at least two/);
});
