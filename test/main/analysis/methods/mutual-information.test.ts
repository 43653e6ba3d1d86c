import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  bucketsOf,
  type Buckets,
  dependenceGraph,
  dividedBuckets,
  graphInformation,
  rowWeights,
} from '../../../../src-main/analysis/measures/dependence-graph.ts';
import {
  edgeGraphs,
  edgeInformation,
  type EnsembleSettings,
  hashedSide,
  type HashedSide,
  optimalWeights,
  type OtherSide,
} from '../../../../src-main/analysis/measures/edge.ts';
import {
  hashables,
  neighbourDistance,
  projected,
  type TiledMatrix,
} from '../../../../src-main/analysis/measures/hashed-values.ts';
import type { Matrix } from '../../../../src-main/analysis/measures/matrix.ts';
import { inputRows } from '../../../../src-main/analysis/methods/mutual-information/input-rows.ts';
import { mutualInformationMethod } from '../../../../src-main/analysis/methods/mutual-information/index.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import '../../engine/test-engine.ts';
import { CLASSES, exampleFeatures, exampleLabels } from '../measures/example-features.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { imageSet, smallSubject } from '../small-subject.ts';
import { threeConvolutions } from '../three-convolutions.ts';

type Pair = 'labels' | 'outputs' | 'noise' | 'fewColumns';
interface Reference {
  readonly rows: number;
  /** The projections of the published implementation, row by row. */
  readonly ofX: readonly number[];
  readonly ofZ: readonly number[];
  readonly ofNoise: readonly number[];
  readonly information: Readonly<
    Record<'median' | 'average' | 'optimal_weights', Readonly<Record<Pair, number>>>
  >;
  /** Over 100 projections that are drawn anew. */
  readonly otherProjections: Readonly<
    Record<'labels' | 'outputs', { readonly mean: number; readonly sd: number }>
  >;
}

const file = new URL('../../../fixtures/edge.json', import.meta.url);
const expected = JSON.parse(readFileSync(file, 'utf8')) as Reference;
const ROWS = expected.rows;
const labels = bucketsOf(exampleLabels(ROWS));
const DEFAULTS = { members: 10, range: 0.1, smoothness: 1, ensemble: 'median' } as const;

const x = changed(
  exampleFeatures(ROWS, 20, 1),
  (value, row, column) => value + (row % CLASSES === column ? 2 : 0),
);
const noise = exampleFeatures(ROWS, 9, 2);
const z = changed(noise, (value, row, column) => Math.tanh(x.values[row * 20 + column] ?? NaN) + 0.3 * value);

function changed(
  { columns, values, ...shape }: Matrix,
  change: (value: number, row: number, column: number) => number,
): Matrix {
  const found = values.map((value, at) => change(value, Math.floor(at / columns), at % columns));
  return { ...shape, columns, values: found };
}

/** In tiles of some rows and columns. */
function tiled({ rows, columns, values }: Matrix): TiledMatrix {
  const [down, across] = [Math.ceil(rows / 2), Math.ceil(columns / 3)];
  const tiles = [0, down].flatMap((row) =>
    [0, 1, 2].map((place) => {
      const column = Math.min(columns, place * across);
      const shape = { rows: Math.min(down, rows - row), columns: Math.min(across, columns - column) };
      const at = (_: unknown, each: number): number =>
        values[(row + Math.floor(each / shape.columns)) * columns + column + (each % shape.columns)] ?? NaN;
      return {
        ...{ row, column },
        tile: { ...shape, values: Float32Array.from({ length: shape.rows * shape.columns }, at) },
      };
    }),
  );
  return { rows, columns, tiles: () => tiles.filter(({ tile }) => tile.columns > 0) };
}

function projectedBy(values: Matrix, projection: readonly number[]): HashedSide {
  const [found] = projected(tiled(values), [Float32Array.from(projection)]);
  assert.ok(found);
  return hashedSide(found, DEFAULTS);
}

function drawnOf(values: Matrix, draws: number, side = 'left'): readonly HashedSide[] {
  const streams = Array.from({ length: draws }, (_, draw) => randomStream(3, side, draw));
  return hashables(tiled(values), streams).map((each) => hashedSide(each, DEFAULTS));
}

function information(
  left: HashedSide,
  right: OtherSide,
  ensemble: EnsembleSettings['ensemble'] = 'median',
): number {
  const settings = { ...DEFAULTS, ensemble };
  const { rows, columns } = left.hashable.coordinates;
  const once = rowWeights([new Uint8Array(rows).fill(1)]);
  return edgeInformation(edgeGraphs(left, right, settings), once, columns, settings)[0] ?? NaN;
}

test('the estimate is that of the published implementation with the same projections', () => {
  const left = projectedBy(x, expected.ofX);
  const few = changed({ ...x, columns: 3, values: new Float32Array(ROWS * 3) }, (_, row, column) => {
    return x.values[row * 20 + column] ?? NaN;
  });
  const [ofFew] = drawnOf(few, 1);
  assert.ok(ofFew);
  const pairs: readonly (readonly [Pair, HashedSide, OtherSide])[] = [
    ['labels', left, labels],
    ['outputs', left, projectedBy(z, expected.ofZ)],
    ['noise', left, projectedBy(noise, expected.ofNoise)],
    ['fewColumns', ofFew, labels],
  ];
  for (const [pair, one, other] of pairs)
    for (const [ensemble, theirs] of [
      ['median', 'median'],
      ['mean', 'average'],
      // what it calls optimal is the mean: each of its bounds on the bias holds with any weights
      ['mean', 'optimal_weights'],
    ] as const)
      // values at the border of a cell fall on either side in 32 bits
      near(information(one, other, ensemble), expected.information[theirs][pair], 0.01);
});

test('over other projections the estimates scatter as those of the published implementation', () => {
  const [lefts, rights] = [drawnOf(x, 25), drawnOf(z, 25, 'right')];
  const found = {
    labels: lefts.map((left) => information(left, labels)),
    outputs: lefts.map((left, draw) => information(left, rights[draw] ?? left)),
  };
  // of 25 and 100 draws the difference of the means has a standard error of .22 standard deviations
  for (const pair of ['labels', 'outputs'] as const) {
    const reference = expected.otherProjections[pair];
    near(mean(found[pair]), reference.mean, 0.7 * reference.sd);
  }
});

test('what is independent shares nothing, and what follows from the class shares its entropy', () => {
  const stream = randomStream(5, 'independent');
  const alone: Matrix = {
    ...{ rows: 2000, columns: 2 },
    values: Float32Array.from({ length: 4000 }, () => stream.normal()),
  };
  const [independent] = drawnOf(alone, 1);
  assert.ok(independent);
  near(information(independent, bucketsOf(exampleLabels(2000))), 0, 0.01);
  const hot = changed({ ...x, columns: 12, values: new Float32Array(ROWS * 12) }, (_, row, column) =>
    row % CLASSES === column % CLASSES ? 1 : 0,
  );
  for (const each of drawnOf(hot, 5)) near(information(each, labels), Math.log2(CLASSES), 0.02);
});

test('buckets are divided by values as by a map of the pairs', () => {
  const stream = randomStream(8, 'values');
  const values = Float64Array.from({ length: 3000 }, () => {
    const value = Math.round(40 * stream.normal()) * (stream.uniform() < 0.5 ? 1e12 : 1);
    return stream.uniform() < 0.01 ? NaN : value;
  });
  const former = bucketsOf(Float64Array.from(values, () => stream.integer(5)));
  const numbers = new Map<string, number>();
  const expectedOf = Array.from(values, (value, row) => {
    const key = `${former.of[row] ?? ''} ${value + 0}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const found = dividedBuckets(former, values);
  assert.deepEqual([...found.of], expectedOf);
  assert.equal(found.count, numbers.size);
});

test('of each draw of the rows the information is the mean of the logarithms row by row', () => {
  const stream = randomStream(9, 'draws');
  const [left, right] = [6, 9].map((count) =>
    bucketsOf(Float64Array.from({ length: 200 }, () => stream.integer(count))),
  );
  assert.ok(left && right);
  const draws = Array.from({ length: 40 }, () => Uint8Array.from({ length: 200 }, () => stream.integer(3)));
  const found = graphInformation(dependenceGraph(left, right), rowWeights(draws));
  for (const [draw, weights] of draws.entries()) {
    const rows = [...weights.keys()];
    const total = rows.reduce((sum, row) => sum + (weights[row] ?? NaN), 0);
    const countOf = (isIn: (row: number) => boolean): number =>
      rows.reduce((sum, row) => sum + (isIn(row) ? (weights[row] ?? NaN) : 0), 0);
    const bits = rows.reduce((sum, row) => {
      const isLeft = (other: number): boolean => left.of[other] === left.of[row];
      const isRight = (other: number): boolean => right.of[other] === right.of[row];
      const both = countOf((other) => isLeft(other) && isRight(other));
      const excess = Math.log2((both * total) / (countOf(isLeft) * countOf(isRight)));
      return weights[row] === 0 ? sum : sum + (weights[row] ?? NaN) * Math.max(0.001, Math.min(10, excess));
    }, 0);
    near(found[draw] ?? NaN, bits / total, 1e-9);
  }
});

test('the order of the rows does not matter', () => {
  const order = randomStream(6, 'order').permutation(ROWS);
  const left = projectedBy(x, expected.ofX);
  const moved = changed(x, (_, row, column) => x.values[(order[row] ?? 0) * 20 + column] ?? NaN);
  const movedLabels: Buckets = { ...labels, of: Int32Array.from(order, (row) => labels.of[row] ?? 0) };
  near(information(projectedBy(moved, expected.ofX), movedLabels), information(left, labels), 1e-9);
});

test('optimal weights add up to 1, and no others have a smaller bound of the error', () => {
  const [members, range, width, rows] = [6, 1, 3, 500];
  const bound = (weights: readonly number[]): number => {
    const terms = Array.from({ length: width }, (_, at) => {
      const power = at + 1;
      const sum = weights.reduce((total, each, member) => total + each * (1 + member / 5) ** power, 0);
      return rows * (rows ** (-power / (2 * width)) * sum) ** 2;
    });
    return weights.reduce((sum, each) => sum + each ** 2, 0) + terms.reduce((sum, each) => sum + each, 0);
  };
  const best = optimalWeights(members, range, width, rows);
  near(
    best.reduce((sum, each) => sum + each, 0),
    1,
    1e-9,
  );
  const stream = randomStream(7, 'weights');
  for (let trial = 0; trial < 50; trial++) {
    const moves = best.map(() => 0.01 * stream.normal());
    const other = best.map((each, member) => each + (moves[member] ?? NaN) - mean(moves));
    assert.ok(bound(other) > bound(best));
  }
});

test('the distance to the k-th nearest value is found in sorted order', () => {
  const values = Float32Array.from([3, 0, 1, 7, 1]);
  const distances = (value: number): number[] =>
    [...values].map((each) => Math.abs(each - value)).toSorted((one, other) => one - other);
  for (const k of [1, 2, 3, 5])
    near(
      neighbourDistance(values, k),
      mean([...values].map((value) => distances(value)[k - 1] ?? NaN)),
      1e-12,
    );
});

test('the window is the square in the middle of the image', () => {
  const images = Float32Array.from({ length: 2 * 5 * 4 }, (_, at) => at);
  const rows = inputRows(imageSet(images, Uint16Array.of(0, 1)), [5, 4, 1], 2);
  const [first] = rows.tiles();
  assert.deepEqual([...(first?.tile.values ?? [])], [5, 6, 9, 10, 25, 26, 29, 30]);
});

test('a layer that shows the class shares more with it than its baselines', async () => {
  const subject = smallSubject(threeConvolutions(6, 2), undefined, (pixels, label) => {
    for (const at of pixels.keys()) pixels[at] = 0.1 * (pixels[at] ?? NaN) + 2 * label;
  });
  const results = await resultsOf(mutualInformationMethod, subject, { images: 120, draws: 2 });
  const value = valueOf(results, 'c1', 'label information') ?? NaN;
  near(value, 1, 0.05);
  for (const { measure, interval, baselines, layer } of results) {
    assert.ok(interval, `${measure} of ${layer}`);
    const chance = measure === 'label information' ? 'shuffled labels' : 'shuffled inputs';
    assert.deepEqual(Object.keys(baselines), ['untrained', chance]);
  }
  const chance = results.find(({ layer, measure }) => layer === 'c1' && measure === 'label information');
  assert.ok((chance?.baselines['shuffled labels'] ?? 1) < 0.5, JSON.stringify(chance));
});
