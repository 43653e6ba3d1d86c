import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  frontUncertainty,
  type CellValues,
  type FrontBand,
} from '../../../src-shared/statistics/front-uncertainty.ts';
import { assertNear } from './fixture.ts';

const NONE: FrontBand = { set: '', points: [], hypervolume: null };

function cell(name: string, cost: number, values: readonly number[], firstSeed = 0): CellValues {
  return { cell: name, cost, seeds: values.map((value, place) => ({ seed: firstSeed + place, value })) };
}

test('a cell that wins with every seed is always on the front, and one that loses never', () => {
  const {
    shares,
    bands: [{ points: band } = NONE],
    unvaried,
  } = frontUncertainty([
    cell('cheap', 1, [0.5, 0.52]),
    cell('good', 2, [0.8, 0.82]),
    cell('beaten', 3, [0.6, 0.62]),
    cell('none', 4, []),
  ]);
  assert.deepEqual(
    [...shares],
    [
      ['cheap', 1],
      ['good', 1],
      ['beaten', 0],
    ],
  );
  assert.deepEqual(
    band.map(({ cost }) => cost),
    [1, 2, 3],
  );
  assert.deepEqual(band[2] && { ...band[2], cost: 2 }, band[1], 'a costlier, worse cell attains no more');
  assertNear(band[1]?.low, 0.8);
  assertNear(band[1]?.high, 0.82);
  assert.deepEqual(unvaried, []);
});

test('shares are those of all resamples: two seeds give four, of which the dearer cell loses one', () => {
  // means of the dearer cell beyond the cheaper one: +3 (both seeds 0), +1 (mixed, twice), -1 (both seeds 1)
  const cells = [cell('cheap', 1, [0, 0]), cell('dear', 2, [3, -1])];
  const {
    shares,
    bands: [{ points: band } = NONE],
  } = frontUncertainty(cells, { resamples: 20_000 });
  // standard error of a share of 3/4 over 20,000 draws: .003
  assertNear(shares.get('dear'), 0.75, { digits: 2, scale: 1.5 });
  assert.deepEqual(band[1], { cost: 2, low: 0, median: 1, high: 3 });
  assert.deepEqual(frontUncertainty(cells), frontUncertainty(cells), 'the same each time');
});

test('shared seeds are drawn together, so that paired runs stay paired', () => {
  // the dearer cell is better by 0.1 with each seed, though the seeds differ by more
  const together = frontUncertainty([cell('a', 1, [0.2, 0.5, 0.9]), cell('b', 2, [0.3, 0.6, 1])]);
  assert.equal(together.shares.get('b'), 1);
  const apart = frontUncertainty([cell('a', 1, [0.2, 0.5, 0.9]), cell('b', 2, [0.3, 0.6, 1], 5)]);
  assert.ok((apart.shares.get('b') ?? 1) < 0.9);
});

test('cells with one seed are named, since they cannot vary', () => {
  assert.deepEqual(frontUncertainty([cell('a', 1, [0.5]), cell('b', 2, [0.6, 0.7])]).unvaried, ['a']);
  assert.deepEqual(frontUncertainty([]).bands, []);
});

test('a value that is not finite is left out of the resamples', () => {
  const cells = [cell('cheap', 1, [0.5, 0.52, NaN]), cell('good', 2, [0.8, 0.82, 0.81])];
  const {
    bands: [{ points: band } = NONE],
  } = frontUncertainty([...cells, cell('bad', 3, [Infinity])]);
  assert.deepEqual(
    band.map(({ cost, high }) => [cost, Number.isFinite(high)]),
    [
      [1, true],
      [2, true],
    ],
  );
});

test('sets of cells have fronts of their own from the same resamples, and hypervolumes from the same reference', () => {
  // areas from (10, 0) by the mean of the seeds drawn: first 9 v, second 8 (v + d) with d = 1 for seed 0 and 0 for seed 1
  const cells = [
    { ...cell('a', 1, [4, 8]), set: 'first' },
    { ...cell('b', 2, [5, 8]), set: 'second' },
    { ...cell('c', 3, [1, 1]), set: 'second' },
  ];
  const reference = { cost: 10, value: 0, isLogarithmic: false };
  const { shares, bands } = frontUncertainty(cells, { reference });
  assert.deepEqual(Object.fromEntries(shares), { a: 1, b: 1, c: 0 });
  assert.deepEqual(
    bands.map(({ set, points }) => [set, points.map(({ cost, low, high }) => [cost, low, high])]),
    [
      ['first', [[1, 4, 8]]],
      [
        'second',
        [
          [2, 5, 8],
          [3, 5, 8],
        ],
      ],
    ],
  );
  const [first, second] = bands.map(({ hypervolume }) => hypervolume);
  assert.deepEqual([first?.low, first?.high, second?.low, second?.high], [36, 72, 40, 64]);
  // both seeds 0: 36 against 40; mixed, half of all: 54 against 52; both 1: 72 against 64
  assertNear(first?.largest, 0.75, { digits: 1, scale: 0.5 });
  assertNear((first?.largest ?? 0) + (second?.largest ?? 0), 1);
});

test('of equal hypervolumes none is the largest, and without a reference there are none', () => {
  const cells = ['a', 'b'].map((name) => ({ ...cell(name, 1, [1, 2]), set: name }));
  const reference = { cost: 10, value: 0, isLogarithmic: true };
  const { bands } = frontUncertainty(cells, { reference });
  assert.deepEqual(
    bands.map(({ hypervolume }) => hypervolume?.largest),
    [0, 0],
  );
  assertNear(bands[0]?.hypervolume?.high, 2);
  assert.equal(frontUncertainty(cells).bands[0]?.hypervolume, null);
});
