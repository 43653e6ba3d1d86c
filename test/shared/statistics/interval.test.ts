import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  isCut,
  mean,
  RANGES,
  standardDeviation,
  tInterval,
  type TInterval,
} from '../../../src-shared/statistics/interval.ts';

interface Case {
  readonly values: readonly number[];
  readonly level: number;
  readonly mean: number;
  readonly deviation: number;
  readonly halfWidth: number;
}

const fixture = new URL('fixtures/t-intervals.json', import.meta.url);
const { source, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { source: string; cases: Case[] };

function near(actual: number | null, expected: number, scale: number): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= 1e-9 * scale, `${actual} for ${expected}`);
}

test(`means, deviations and intervals agree with ${source} to nine digits`, () => {
  assert.equal(cases.length, 32);
  for (const { values, level, ...expected } of cases) {
    const scale = Math.max(...values.map(Math.abs));
    const interval = tInterval(values, { level });
    near(mean(values), expected.mean, scale);
    near(standardDeviation(values), expected.deviation, scale);
    near(interval.low, expected.mean - expected.halfWidth, scale);
    near(interval.high, expected.mean + expected.halfWidth, scale);
    assert.equal(interval.n, values.length);
  }
});

test('three values need 4.303 standard errors at 95 %, not 1.96', () => {
  // Values 0, 1, 2: s = 1, so the half width is t / sqrt(3).
  near(((tInterval([0, 1, 2]).high ?? 0) - 1) * Math.sqrt(3), 4.302652729749462, 1);
});

test('one value has a mean and no interval, none has neither', () => {
  assert.deepEqual(tInterval([0.7]), { n: 1, mean: 0.7, low: null, high: null });
  assert.deepEqual(tInterval([]), { n: 0, mean: null, low: null, high: null });
  assert.ok(Number.isNaN(standardDeviation([1])));
});

test('a level outside 0 to 1 is a mistake of the caller', () => {
  for (const level of [0, 1, 95, NaN]) assert.throws(() => tInterval([1, 2], { level }), RangeError);
});

test('values that are not finite have no interval', () => {
  for (const bad of [NaN, Infinity]) {
    const { n, low, high } = tInterval([0.7, 0.8, bad]);
    assert.deepEqual([n, low, high], [3, null, null]);
  }
});

test('an interval is cut at the end of what is possible, and covers as often as before', () => {
  const accuracies = [0.99, 0.97, 1];
  const whole = tInterval(accuracies);
  const cut = tInterval(accuracies, { range: RANGES.share });
  assert.ok((whole.high ?? 0) > 1);
  assert.deepEqual(cut, { ...whole, high: 1 });
  assert.deepEqual([isCut(whole), isCut(cut)], [false, true]);
  assert.equal(isCut(tInterval([0.5, 0.6, 0.7], { range: RANGES.share })), false);
  // whatever share is the true one, both cover it or neither
  for (let truth = 0; truth <= 1; truth += 0.01) {
    const covers = ({ low, high }: TInterval): boolean => (low ?? 1) <= truth && truth <= (high ?? 0);
    assert.equal(covers(cut), covers(whole), `${truth}`);
  }
});
