import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  binEdges,
  quantileOf,
  sharesBetween,
  type ValueHistogram,
  valueHistogram,
} from '../../../src-shared/statistics/value-histogram.ts';

// What NumPy makes of the same values (test/fixtures/value-histograms.py): counts are equal, means and norms within 1e-9 of the norm, and
// quantiles within the width of the bin that they lie in.

interface Fixture {
  readonly shares: readonly number[];
  readonly samples: Readonly<Record<string, ValueHistogram & { readonly quantiles: readonly number[] }>>;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/value-histograms.json', import.meta.url), 'utf8'),
) as Fixture;

/** Later decimals of a sine: uniform from 0 to 1. */
const UNIFORM = Array.from({ length: 3000 }, (_, i) => {
  const sine = 43758.5453 * Math.sin(12.9898 * (i + 1));
  return sine - Math.floor(sine);
});

const signOf = (place: number): number => (place % 3 === 0 ? -1 : 1);

const SAMPLES: Readonly<Record<string, readonly number[]>> = {
  uniform: UNIFORM.map((value) => value - 0.5),
  wide: UNIFORM.map((value, place) => (place % 4 === 0 ? 0 : signOf(place) * 10 ** (12 * value - 10))),
  huge: UNIFORM.map((value, place) => signOf(place) * 10 ** (10 * value + 28)),
  subnormal: UNIFORM.map((value, place) => signOf(place) * value * 1e-39),
  broken: UNIFORM.map((value, place) => {
    if (place === 25) return -Infinity;
    return [0, 10, 20].includes(place) ? NaN : [5, 15].includes(place) ? Infinity : 5 * value + 0.01;
  }),
  one: [0.3],
};

test('a deviation that is small beside the mean is not lost', () => {
  const values = Float32Array.from(UNIFORM, (_, place) => 1e7 + (place % 2));
  const { mean, std } = valueHistogram(values);
  assert.deepEqual([mean, std], [1e7 + 0.5, 0.5]);
});

for (const [name, values] of Object.entries(SAMPLES))
  test(`${name} values are counted and measured as NumPy does`, () => {
    const expected = fixture.samples[name];
    assert.ok(expected);
    const found = valueHistogram(Float32Array.from(values));
    const { mean, std, norm, ...counts } = found;
    const { mean: mean0, std: std0, norm: norm0, quantiles, ...counts0 } = expected;
    assert.deepEqual(counts, counts0);
    const near = (one: number | null, other: number | null): boolean =>
      Math.abs((one ?? NaN) - (other ?? NaN)) <= 1e-9 * (norm0 ?? NaN);
    assert.ok(near(mean, mean0) && near(std, std0) && near(norm, norm0), JSON.stringify(found));
    for (const [place, share] of fixture.shares.entries()) {
      const [quantile, exact = NaN] = [quantileOf(found, share) ?? NaN, quantiles[place]];
      const width = Math.max(Math.abs(exact) / 8, 2 ** -129);
      // a share of few values falls between two of them, which may be some bins apart
      const between = neighbours(values, exact);
      assert.ok(
        quantile >= between[0] - width && quantile <= between[1] + width,
        `${share}: ${quantile}, not ${exact}`,
      );
    }
  });

/** The values next to a number, as float32. */
function neighbours(values: readonly number[], number: number): [low: number, high: number] {
  const finite = [...Float32Array.from(values)].filter(Number.isFinite).toSorted((a, b) => a - b);
  return [
    finite.findLast((value) => value <= number) ?? number,
    finite.find((value) => value >= number) ?? number,
  ];
}

test('bins follow each other without a gap, eight to an octave, and hold what they are said to hold', () => {
  assert.deepEqual(binEdges(127 * 8 + 1), [1, 1.125]);
  assert.deepEqual(binEdges(-(127 * 8 + 1)), [-1.125, -1]);
  for (let bin = 1; bin < 2040; bin++) assert.equal(binEdges(bin)[1], binEdges(bin + 1)[0]);
  assert.equal(binEdges(2040)[1], 2 ** 128);
  for (const value of [1, 1.1249, -1, 3.4e38, 1e-45, -0.1]) {
    const [bin = 0] = valueHistogram(Float32Array.of(value)).bins;
    const [low, high] = binEdges(bin);
    const [stored = NaN] = Float32Array.of(value);
    assert.ok(value > 0 ? low <= stored && stored < high : low < stored && stored <= high, String(value));
  }
});

test('without finite values there are counts and no measures; nothing at all is nothing', () => {
  const none = { min: null, max: null, mean: null, std: null, norm: null, bins: [], counts: [] };
  assert.deepEqual(valueHistogram(Float32Array.of(NaN, Infinity)), {
    ...{ count: 2, zeros: 0, nans: 1, infinite: 1, ...none },
  });
  assert.equal(quantileOf(valueHistogram(new Float32Array()), 0.5), null);
  assert.deepEqual(sharesBetween(valueHistogram(Float32Array.of(0, 0)), [-1, 0, 1]), [0, 0]);
});

test('shares between places are those of the values, zeros apart, and add up to one', () => {
  const values = Float32Array.from([...(SAMPLES['uniform'] ?? []), 0, 0, 0]);
  const histogram = valueHistogram(values);
  const places = [-0.5, -0.25, 0, 0.125, 0.25, 0.5];
  const shares = sharesBetween(histogram, places);
  const exact = places.slice(1).map((high, place) => {
    const low = places[place] ?? 0;
    return values.filter((value) => value !== 0 && value >= low && value < high).length / 3000;
  });
  // all of these places but the ends are edges of bins
  for (const [place, share] of shares.entries())
    assert.ok(Math.abs(share - (exact[place] ?? NaN)) < 1e-9, `${place}: ${share}`);
  const [left = 0, right = 0] = sharesBetween(histogram, [-1, 0.3, 1]);
  assert.ok(Math.abs(left + right - 1) < 1e-9 && Math.abs(left - 0.8) < 0.02, String(left));
  assert.deepEqual(sharesBetween(valueHistogram(Float32Array.of(0.3)), [0, 0.2, 0.4, 0.6]), [0, 1, 0]);
});
