import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  carryingChannels,
  carryingCount,
  channelEnergies,
  energyCurve,
} from '../../../../src-main/analysis/measures/channel-energy.ts';
import { clusterAgreement } from '../../../../src-main/analysis/measures/cluster-agreement.ts';
import { sourceOf } from '../../../../src-main/analysis/measures/matrix-source.ts';
import { resampledRows } from '../../../../src-main/analysis/measures/bootstrap.ts';
import { forestLogLosses } from '../../../../src-main/analysis/measures/column-forest.ts';
import { columnOf } from '../../../../src-main/analysis/measures/matrix.ts';
import { optimalPartition } from '../../../../src-main/analysis/measures/optimal-partition.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import { near } from '../run-method.ts';
import { CLASSES, exampleFeatures, exampleLabels } from './example-features.ts';

interface Entropies {
  readonly crossEntropy: number;
  readonly plainCrossEntropy: number;
}
interface Reference {
  /** Rows of the example that are left: of the last class half as many as of the others. */
  readonly rows: readonly number[];
  readonly k: number;
  readonly clusters: Entropies & { readonly clusters: readonly number[] };
  readonly columnClusters: number;
  /** Of the first columns of all rows, each clustered alone. */
  readonly columns: readonly (Entropies & { readonly inertia: number })[];
}

const file = new URL('../../../fixtures/channel-measures.json', import.meta.url);
const expected = JSON.parse(readFileSync(file, 'utf8')) as Reference;

test('both forms of the cross-entropy are scikit-learn’s log-loss on the same clusters, with uneven classes', () => {
  const all = exampleLabels(200);
  const labels = expected.rows.map((row) => all[row] ?? NaN);
  const { clusters, crossEntropy, plainCrossEntropy } = expected.clusters;
  const found = clusterAgreement(clusters, labels, expected.k, CLASSES);
  near(found.crossEntropy, crossEntropy, 1e-12);
  near(found.plainCrossEntropy, plainCrossEntropy, 1e-12);
});

test('with even classes one form is ln(classes) times the other', () => {
  const labels = exampleLabels(200);
  const clusters = labels.map((label, row) => (row % 7 < 4 ? label : row % 3));
  const found = clusterAgreement(clusters, labels, CLASSES, CLASSES);
  near(found.plainCrossEntropy, found.crossEntropy * Math.log(CLASSES), 1e-12);
});

test('the channels that carry a share of the energy are the largest, without signs and over all positions', () => {
  // two images, two positions, three channels: energies 8, 1 and -11
  const features = sourceOf({
    rows: 2,
    columns: 6,
    values: Float32Array.from([1, 0, -2, 3, 1, -4, 2, 0, -5, 2, 0, 0]),
  });
  const energies = channelEnergies(features, 3);
  assert.deepEqual([...energies], [8, 1, 11]);
  const curve = energyCurve(energies);
  assert.ok(curve);
  assert.deepEqual([...curve.channels], [2, 0, 1]);
  assert.deepEqual([...curve.cumulated], [0.55, 0.95, 1]);
  assert.deepEqual(
    [0.5, 0.55, 0.6, 0.96, 1].map((share) => carryingCount(curve, share)),
    [1, 1, 2, 3, 3],
  );
  const kept = carryingChannels(features, 3, 0.9);
  assert.deepEqual([kept.rows, kept.columns], [2, 4]);
  assert.deepEqual([...kept.read().values], [1, -2, 3, -4, 2, -5, 2, 0]);
  assert.deepEqual([...kept.readColumns(1, 3).values], [-2, 3, -5, 2]);
  assert.equal(carryingChannels(features, 3, 1), features);
  assert.equal(energyCurve(new Float64Array(3)), null);
});

test('a column alone is clustered no looser than by scikit-learn’s 500 starts, with the same entropies', () => {
  const features = exampleFeatures(200, 12, 1);
  const labels = exampleLabels(200);
  const k = expected.columnClusters;
  const same = expected.columns.filter((reference, column) => {
    const values = columnOf(features, column);
    const clusters = optimalPartition(values, k);
    const found = inertia(values, clusters);
    assert.ok(found <= reference.inertia * (1 + 1e-6), `${found} against ${reference.inertia}`);
    if (found < reference.inertia * (1 - 1e-6)) return false;
    const entropies = clusterAgreement(clusters, labels, k, CLASSES);
    near(entropies.crossEntropy, reference.crossEntropy, 1e-9);
    near(entropies.plainCrossEntropy, reference.plainCrossEntropy, 1e-9);
    return true;
  });
  assert.ok(same.length >= 2, `${same.length} of ${expected.columns.length} are the same`);
});

test('equal numbers are in one cluster, also where there are fewer than clusters', () => {
  assert.deepEqual([...optimalPartition([0, 2, 0, 0, 2], 5)], [0, 1, 0, 0, 1]);
  assert.deepEqual([...optimalPartition([3, 3, 3], 2)], [0, 0, 0]);
});

test('the forest of a column is as good on held-out rows as scikit-learn’s', () => {
  const file = new URL('../../../fixtures/column-forest.json', import.meta.url);
  const reference = JSON.parse(readFileSync(file, 'utf8')) as readonly { mean: number; sd: number }[];
  const features = exampleFeatures(600, 12, 1);
  const labels = exampleLabels(600);
  const rows = [...labels.keys()];
  const isHeld = (row: number): boolean => Math.floor(row / 5) % 5 === 4;
  const parts = {
    grown: Uint32Array.from(rows.filter((row) => !isHeld(row))),
    judged: Uint32Array.from(rows.filter(isHeld)),
  };
  const draws = resampledRows(parts.grown.length);
  for (const [column, { mean: expectedMean, sd }] of reference.entries()) {
    const values = columnOf(features, column);
    const losses = [0, 100, 200, 300].map((first) => {
      const options = { classes: CLASSES, parts, draws: draws.slice(first, first + 100), depth: 7 };
      return forestLogLosses(values, [labels], options)[0] ?? NaN;
    });
    // the mean of four forests has a standard error of half a standard deviation
    near(mean(losses), expectedMean, 2 * sd);
  }
});

test('a forest splits where classes change, and not between equal values', () => {
  const column = Float32Array.from({ length: 40 }, (_, row) => row % 4);
  const parts = {
    grown: Uint32Array.from({ length: 30 }, (_, row) => row),
    judged: Uint32Array.from({ length: 10 }, (_, row) => 30 + row),
  };
  const once = [new Uint8Array(30).fill(1)];
  const split = Uint16Array.from(column, (value) => (value < 2 ? 0 : 1));
  const alternating = Uint16Array.from({ length: 40 }, (_, row) => row % 2);
  const options = { classes: 2, parts, draws: once };
  near(forestLogLosses(column, [split], { ...options, depth: 1 })[0] ?? NaN, 0, 1e-12);
  const [even] = forestLogLosses(new Float32Array(40), [alternating], { ...options, depth: 7 });
  near(even ?? NaN, Math.log(2), 1e-12);
  const together = forestLogLosses(column, [split, alternating], { ...options, depth: 7 });
  assert.deepEqual(together, [
    ...forestLogLosses(column, [split], { ...options, depth: 7 }),
    ...forestLogLosses(column, [alternating], { ...options, depth: 7 }),
  ]);
});

function inertia(values: Float32Array, clusters: Int32Array): number {
  const members = Map.groupBy(values.keys(), (row) => clusters[row]);
  return [...members.values()].reduce((total, rows) => {
    const mean = rows.reduce((sum, row) => sum + (values[row] ?? NaN), 0) / rows.length;
    return total + rows.reduce((sum, row) => sum + ((values[row] ?? NaN) - mean) ** 2, 0);
  }, 0);
}
