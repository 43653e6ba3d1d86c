import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { forestImportance, pairsOf, treeShares } from '../../../src-shared/statistics/forest-importance.ts';
import {
  growForest,
  growTree,
  predict,
  type TreeNode,
} from '../../../src-shared/statistics/regression-forest.ts';
import { assertNear, readFixture } from './fixture.ts';

const { source, levels, cases } = readFixture('importance') as {
  readonly source: string;
  readonly levels: readonly number[];
  readonly cases: readonly {
    readonly points: readonly (readonly number[])[];
    readonly values: readonly number[];
    readonly trees: readonly TreeNode[] | null;
    readonly main: readonly number[];
    readonly pairs: readonly number[];
  }[];
};
const FACTORS = levels.map((count) => ({ levels: count, isOrdered: true }));

test(`shares of the trees of ${source} are those that it has, to ten digits`, () => {
  const [{ trees, ...expected } = { trees: null, main: [], pairs: [] }] = cases;
  assert.ok(trees && trees.length > 1);
  const shares = trees.map((tree) => treeShares(tree, FACTORS));
  for (const part of ['main', 'pairs'] as const)
    for (const [place, share] of expected[part].entries()) {
      const own = shares.reduce((sum, each) => sum + (each?.[part][place] ?? NaN), 0) / trees.length;
      assertNear(own, share, { digits: 10, scale: 1, what: `${part} ${place}` });
    }
});

test('our forests find the same shares as those of scikit-learn do, within a few hundredths', () => {
  for (const { points, values, main, pairs } of cases.slice(1)) {
    const found = forestImportance(points, values, FACTORS, { trees: 200, refits: 1, refitTrees: 1 });
    // of 400 and 200 trees on the same points: three standard errors of a mean over trees are about .02
    for (const [expected, own] of [
      [main, found?.main],
      [pairs, found?.pairs],
    ] as const)
      for (const [place, share] of expected.entries())
        assert.ok(Math.abs((own?.[place]?.share ?? NaN) - share) < 0.03, `${own?.[place]?.share} ${share}`);
  }
});

/** Every point of a grid. */
function gridOf(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (points, count) =>
      points.flatMap((point) => Array.from({ length: count }, (_, level) => [...point, level])),
    [[]],
  );
}

test('of a whole grid a tree has the shares of the analysis of variance of the values themselves', () => {
  const points = gridOf([3, 2, 2]);
  const values = points.map(([a = 0, b = 0, c = 0]) => 2 * a + 3 * b + 4 * b * c);
  const factors = [3, 2, 2].map((count, place) => ({ levels: count, isOrdered: place > 0 }));
  const tree = growTree(points, values, [...points.keys()], factors, randomStream(1, 'tree'));
  assert.deepEqual(
    points.map((point) => predict(tree, point)),
    values,
  );
  // variances: 4 · 2/3; (3 + 2)² / 4; (2)² / 4; of the pair b and c: 4² / 16
  const parts = { a: 8 / 3, b: 25 / 4, c: 1, bc: 1 };
  const total = parts.a + parts.b + parts.c + parts.bc;
  const shares = treeShares(tree, factors);
  for (const [place, part] of [parts.a, parts.b, parts.c].entries())
    assertNear(shares?.main[place], part / total, { digits: 12 });
  assert.deepEqual(pairsOf(3), [
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  for (const [place, part] of [0, 0, parts.bc].entries())
    assertNear(shares?.pairs[place], part / total, { digits: 12, scale: 1 });
});

test('a factor without an order is split level by level, wherever the good ones are', () => {
  const points = gridOf([5]);
  const values = [1, 0, 1, 0, 1];
  for (const isOrdered of [true, false]) {
    const tree = growTree(points, values, [0, 1, 2, 3, 4], [{ levels: 5, isOrdered }], randomStream(1, 'x'));
    assert.deepEqual(
      points.map((point) => predict(tree, point)),
      values,
    );
  }
});

test('what trees say of points that they did not see tells a forest that knows something from one that does not', () => {
  const stream = randomStream(2, 'noise');
  const points = Array.from({ length: 80 }, () => levels.map((count) => stream.integer(count)));
  const known = points.map(([a = 0]) => a + 0.1 * stream.normal());
  const noise = points.map(() => stream.normal());
  const judged = (values: readonly number[]) =>
    growForest(points, values, FACTORS, { trees: 64, stream: randomStream(3, 'forest') }).outOfBag ?? NaN;
  assert.ok(judged(known) > 0.9);
  assert.ok(judged(noise) < 0.1);
});

test('the same points give the same shares with a range of refits, and nothing that varies gives none', () => {
  const [{ points, values } = { points: [], values: [] }] = cases;
  const size = { trees: 8, refits: 20, refitTrees: 4 };
  const found = forestImportance(points, values, FACTORS, size);
  assert.deepEqual(found, forestImportance(points, values, FACTORS, size));
  for (const { low, high, share } of found?.main ?? []) assert.ok(low <= high && low >= 0 && share <= 1);
  assert.ok(
    (found?.main[0]?.low ?? 0) > (found?.main[3]?.high ?? 1),
    'the first explains more than the last',
  );
  assert.equal(
    forestImportance(
      points,
      values.map(() => 1),
      FACTORS,
      size,
    ),
    null,
  );
});
