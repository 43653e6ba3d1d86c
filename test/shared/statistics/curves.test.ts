import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hypervolume } from '../../../src-shared/statistics/hypervolume.ts';
import { meanBand, resampleCurve } from '../../../src-shared/statistics/mean-band.ts';
import { smooth } from '../../../src-shared/statistics/smooth.ts';
import { assertNear, readFixture } from './fixture.ts';

type Values = readonly (number | null)[];

interface Fixture {
  readonly source: string;
  readonly smoothed: readonly {
    readonly weight: number;
    readonly values: Values;
    readonly smoothed: Values;
  }[];
  readonly band: {
    readonly x: readonly number[];
    readonly curves: readonly Values[];
    readonly points: readonly {
      readonly x: number;
      readonly n: number;
      readonly mean: number;
      readonly low: number | null;
      readonly high: number | null;
    }[];
  };
  readonly volumes: readonly {
    readonly points: readonly (readonly [cost: number, value: number])[];
    readonly reference: readonly [cost: number, value: number];
    readonly volume: number;
  }[];
}

const { source, ...fixture } = readFixture('curves') as Fixture;

function assertNearOrNull(actual: number | null | undefined, expected: number | null, what: string): void {
  if (expected === null) assert.equal(actual, null, what);
  else assertNear(actual, expected, { what });
}

test(`smoothing is TensorBoard's, as ${source} says`, () => {
  for (const { weight, values, smoothed } of fixture.smoothed) {
    for (const [place, value] of smooth(values, weight).entries()) {
      assertNearOrNull(value, smoothed[place] ?? null, `${weight} at ${place}`);
    }
  }
});

test('smoothing keeps gaps and constant curves, and refuses a weight of 1', () => {
  const constant = [0.1, 0.1, 0.1];
  assert.deepEqual(smooth(constant, 0.9), constant);
  const [first, gap, infinite, last] = smooth([1, NaN, Infinity, 3], 0.5);
  assert.deepEqual([first, gap, infinite], [1, NaN, Infinity]);
  assertNear(last, (0.5 * 0.5 * 1 + 0.5 * 3) / 0.75);
  assert.deepEqual(smooth([], 0.5), []);
  assert.throws(() => smooth([1], 1), RangeError);
});

test(`the band's mean, t interval and n agree with ${source} at every x`, () => {
  const { x, curves, points } = fixture.band;
  const band = meanBand(curves.map((values) => ({ x, values })));
  assert.deepEqual(band.x, x);
  for (const [place, expected] of points.entries()) {
    const what = `at ${expected.x}`;
    assert.equal(band.n[place], expected.n, what);
    assertNear(band.mean[place], expected.mean, { what });
    assertNearOrNull(band.low[place], expected.low, what);
    assertNearOrNull(band.high[place], expected.high, what);
  }
});

test('a curve is resampled on straight lines, within its ends and across gaps', () => {
  const curve = { x: [1, 2, 3, 5], values: [10, 20, null, 50] };
  const places = [0, 1, 1.5, 2, 3.5, 5, 6];
  assert.deepEqual(resampleCurve(curve, places).values, [null, 10, 15, 20, 35, 50, null]);
  assert.deepEqual(resampleCurve({ x: [], values: [] }, [1]).values, [null]);
});

test(`hypervolumes agree with ${source}, on a logarithmic axis for the logarithms of costs`, () => {
  for (const { points, reference, volume } of fixture.volumes) {
    const given = points.map(([cost, value]) => ({ cost, value }));
    const [cost, value] = reference;
    assertNear(hypervolume(given, { cost, value, isLogarithmic: false }), volume);
    const powers = given.map((point) => ({ ...point, cost: 10 ** point.cost }));
    assertNear(hypervolume(powers, { cost: 10 ** cost, value, isLogarithmic: true }), volume);
  }
  const beyond = { cost: 1, value: 0, isLogarithmic: false };
  assert.equal(hypervolume([{ cost: 2, value: 1 }], beyond), 0, 'beyond the reference');
});
