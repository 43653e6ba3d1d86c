import assert from 'node:assert/strict';
import test from 'node:test';
import type { Matrix } from '../../../../src-main/analysis/measures/matrix.ts';
import { sourceOf } from '../../../../src-main/analysis/measures/matrix-source.ts';
import { rowSpace } from '../../../../src-main/analysis/measures/choose-row-space.ts';
import { RowsByColumns } from '../../../../src-main/analysis/measures/rows-by-columns.ts';
import { productsOfRows, RowsByProducts } from '../../../../src-main/analysis/measures/rows-by-products.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import '../../engine/test-engine.ts';
import { exampleFeatures } from './example-features.ts';

/** More than are multiplied at once. */
const ROWS = 700;
const CLUSTERS = 5;
const pause = () => Promise.resolve();
const narrow = exampleFeatures(ROWS, 9, 1);

test('rows of many columns are kept by their products, and others by their columns', async () => {
  const kindOf = async (features: Matrix): Promise<string> => {
    const space = await rowSpace(sourceOf(features), pause);
    space.dispose();
    return space.constructor.name;
  };
  assert.equal(await kindOf(narrow), 'RowsByColumns');
  assert.equal(await kindOf(exampleFeatures(30, 20, 2)), 'RowsByProducts');
  assert.equal(await kindOf(exampleFeatures(30, 40, 2)), 'RowsByProducts');
});

test('centres are as near by the products of the rows as by their columns, however rows come and go', async () => {
  const byColumns = new RowsByColumns(narrow);
  const byProducts = new RowsByProducts(ROWS, await productsOfRows(sourceOf(narrow), pause));
  const starts = [
    [3, 77, 200, 512, 699],
    [0, 1, 2, 3, 4],
  ];
  const spaces = [byColumns, byProducts];
  const [columns, products] = spaces.map((space) => space.centres(starts));
  assert.ok(columns && products);
  const stream = randomStream(0, 'moves');
  const assigned = starts.map(() => new Int32Array(ROWS).fill(-1));
  for (let step = 0; step < 6; step++) {
    assertAlike(products.nearness([1, 0]), columns.nearness([1, 0]));
    for (const [partition, clusters] of assigned.entries()) {
      for (const [row, from] of clusters.entries()) {
        // the last step leaves the last cluster without rows
        const to = step === 5 ? stream.integer(CLUSTERS - 1) : stream.integer(CLUSTERS);
        if (to === from || (step > 0 && step < 5 && row % 3 > 0)) continue;
        for (const centres of [columns, products]) centres.move(partition, row, from, to);
        clusters[row] = to;
      }
      for (const centres of [columns, products]) centres.settle(partition);
    }
  }
  assertAlike(products.nearness([0, 1]), columns.nearness([0, 1]));
  assertAlike([byProducts.nearnessToRows([600, 5])], [byColumns.nearnessToRows([600, 5])]);
  for (const space of spaces) space.dispose();
});

function assertAlike(
  found: readonly (Float32Array | Float64Array)[],
  expected: readonly (Float32Array | Float64Array)[],
): void {
  assert.equal(found.length, expected.length);
  for (const [place, values] of found.entries()) {
    const others = expected[place];
    assert.equal(values.length, others?.length);
    const furthest = Math.max(...values.map((value, at) => Math.abs(value - (others?.[at] ?? NaN))));
    // 32-bit products of some tens
    assert.ok(furthest < 1e-4, `${furthest}`);
  }
}
