import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import {
  neighbourAccuracy,
  neighbourOrders,
  trustworthiness,
} from '../../../../src-main/analysis/methods/projection/nearest-neighbours.ts';
import { umapMap } from '../../../../src-main/analysis/methods/projection/umap-map.ts';
import { principalComponents } from '../../../../src-main/analysis/measures/principal-axes.ts';
import { formulaValues } from '../formula-values.ts';

const file = new URL('../../../fixtures/analysis/projection.json', import.meta.url);
const expected = z
  .object({
    trustworthiness: z.number(),
    accuracy: z.number(),
    explained: z.number(),
    variances: z.tuple([z.number(), z.number()]),
  })
  .parse(JSON.parse(fs.readFileSync(file, 'utf8')));

const [ROWS, WIDTH, K, CLASSES] = [60, 7, 5, 3];
const labels = Uint16Array.from({ length: ROWS }, (_, row) => row % CLASSES);
const values = formulaValues(ROWS * WIDTH, 5).map((value, at) =>
  at % WIDTH === 0 ? value + ((at / WIDTH) % CLASSES) : value,
);
const features = { rows: ROWS, columns: WIDTH, values };
const noPause = (): Promise<void> => Promise.resolve();

function near(found: number, wanted: number, tolerance = 1e-6): void {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found} is not ${wanted}`);
}

test('trustworthiness and the accuracy of neighbours are those of scikit-learn', () => {
  const truth = neighbourOrders(features);
  const plane = values.filter((_, at) => at % WIDTH < 2);
  const map = neighbourOrders({ rows: ROWS, columns: 2, values: plane });
  near(trustworthiness(truth, map, K), expected.trustworthiness);
  near(trustworthiness(truth, truth, K), 1, 0);
  near(neighbourAccuracy(truth, labels, K), expected.accuracy, 1e-12);
});

test('the principal components are those of scikit-learn', () => {
  const found = principalComponents(features, 2);
  near(found.explained, expected.explained);
  for (const [axis, variance] of expected.variances.entries()) {
    const squares = Array.from({ length: ROWS }, (_, row) => (found.values[row * 2 + axis] ?? NaN) ** 2);
    near(squares.reduce((sum, value) => sum + value, 0) / (ROWS - 1), variance);
  }
});

test('UMAP is the same for the same seed and another for another, and keeps groups together', async () => {
  const apart = {
    ...features,
    values: values.map((value, at) => value + 20 * (Math.floor(at / WIDTH) % CLASSES)),
  };
  const [first, again, other] = [
    await umapMap(apart, K, 3, noPause),
    await umapMap(apart, K, 3, noPause),
    await umapMap(apart, K, 4, noPause),
  ];
  assert.deepEqual(first.values, again.values);
  assert.notDeepEqual(first.values, other.values);
  near(neighbourAccuracy(neighbourOrders(first), labels, K), 1, 0.05);
});
