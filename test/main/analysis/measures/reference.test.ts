import assert from 'node:assert/strict';
import test from 'node:test';
import { classSelectivity } from '../../../../src-main/analysis/measures/class-selectivity.ts';
import { classSeparation } from '../../../../src-main/analysis/measures/class-separation.ts';
import {
  alignment,
  kernelFeatures,
} from '../../../../src-main/analysis/measures/centered-kernel-alignment.ts';
import { clusterAgreement } from '../../../../src-main/analysis/measures/cluster-agreement.ts';
import { intrinsicDimension } from '../../../../src-main/analysis/measures/intrinsic-dimension.ts';
import { kMeans } from '../../../../src-main/analysis/measures/k-means.ts';
import { linearProbe } from '../../../../src-main/analysis/measures/linear-probe.ts';
import { standardize, type Matrix } from '../../../../src-main/analysis/measures/matrix.ts';
import { rowSpace } from '../../../../src-main/analysis/measures/choose-row-space.ts';
import { RowsByColumns } from '../../../../src-main/analysis/measures/rows-by-columns.ts';
import { RowsByProducts } from '../../../../src-main/analysis/measures/rows-by-products.ts';
import { sourceOf } from '../../../../src-main/analysis/measures/matrix-source.ts';
import { silhouette, silhouettes } from '../../../../src-main/analysis/measures/silhouette.ts';
import { softmaxLoss } from '../../../../src-main/analysis/measures/softmax-loss.ts';
import { SoftmaxSpace } from '../../../../src-main/analysis/measures/softmax-space.ts';
import { spectrum } from '../../../../src-main/analysis/measures/spectrum.ts';
import '../../engine/test-engine.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import { near } from '../run-method.ts';
import {
  assertNear,
  CLASSES,
  exampleFeatures,
  exampleLabels,
  referenceMeasures,
  type ReferenceProbe,
} from './example-features.ts';

const expected = referenceMeasures();
const ROWS = 200;
const FITTED = 160;
const narrow = exampleFeatures(ROWS, 12, 1);
const wide = exampleFeatures(ROWS, 260, 2);
const labels = exampleLabels(ROWS);
const pause = () => Promise.resolve();

test('Fisher ratio and NC1 are NumPy’s, with fewer and with more columns than rows', () => {
  for (const [features, reference] of [
    [narrow, expected.separation],
    [wide, expected.separationWide],
  ] as const) {
    const found = classSeparation(features, labels, CLASSES);
    assertNear(found.fisher, reference.fisher, 1e-9);
    assertNear(found.collapse, reference.collapse, 1e-7);
  }
});

test('effective rank, participation ratio and saturation are NumPy’s', () => {
  for (const [features, reference] of [
    [narrow, expected.spectrum],
    [wide, expected.spectrumWide],
  ] as const) {
    const found = spectrum(features);
    assertNear(found.effectiveRank, reference.effectiveRank, 1e-5);
    assertNear(found.participationRatio, reference.participationRatio, 1e-8);
    assert.equal(found.saturation, reference.saturation);
  }
});

test('the intrinsic dimension is that of scikit-dimension', () => {
  assertNear(intrinsicDimension(narrow), expected.intrinsicDimension, 1e-6);
});

test('k-means finds clusters as tight as scikit-learn’s, and measures agree on the same clusters', async () => {
  const { clusters, inertia, silhouette: reference, ...agreement } = expected.clusters;
  const space = new RowsByColumns(narrow);
  const [found] = await kMeans(space, CLASSES, 10, pause);
  assert.ok(found);
  assert.ok(found.inertia <= 1.01 * inertia, `${found.inertia} against ${inertia}`);
  const measured = clusterAgreement(clusters, labels, CLASSES, CLASSES);
  assertNear(measured.crossEntropy, agreement.crossEntropy, 1e-12);
  assertNear(measured.mutualInformation, agreement.mutualInformation, 1e-10);
  assertNear(measured.purity, agreement.purity, 1e-12);
  assertNear(await silhouette(space, Int32Array.from(clusters), CLASSES, pause), reference, 1e-4);
});

test('wide rows are clustered by their products as by their columns', async () => {
  const moved = wide.values.map(
    (value, at) => value + (at % wide.columns === labels[Math.floor(at / wide.columns)] ? 6 : 0),
  );
  const matrix = { ...wide, values: moved };
  const source = sourceOf(matrix);
  const byProducts = await rowSpace(source, pause);
  const byColumns = new RowsByColumns(matrix);
  assert.ok(byProducts instanceof RowsByProducts);
  const [one, other] = [
    await kMeans(byProducts, CLASSES, 10, pause),
    await kMeans(byColumns, CLASSES, 10, pause),
  ];
  assert.deepEqual(one[0]?.clusters, other[0]?.clusters);
  for (const [place, { inertia }] of one.entries()) assertNear(inertia, other[place]?.inertia ?? NaN, 1e-4);
  const clusters = one[0]?.clusters ?? new Int32Array();
  assertNear(
    (await silhouette(byProducts, clusters, CLASSES, pause)) ?? NaN,
    (await silhouette(byColumns, clusters, CLASSES, pause)) ?? NaN,
    1e-4,
  );
});

test('probes are scikit-learn’s logistic regression, by columns and by rows', async () => {
  await compareProbes(narrow, expected.probes);
  await compareProbes(wide, expected.probesWide);
});

async function compareProbes(features: Matrix, references: readonly ReferenceProbe[]): Promise<void> {
  const space = new SoftmaxSpace(standardize(features, FITTED), CLASSES);
  const problems = references.map(({ l2 }) => ({ labels, l2 }));
  const models = await space.fit(FITTED, problems, pause, 1e-5);
  for (const [place, reference] of references.entries()) {
    const model = models[place];
    assert.ok(model);
    assert.ok(model.converged);
    const values = space.scores(model, FITTED);
    const held = labels.subarray(FITTED);
    const scores = { values, offset: 0, stride: CLASSES, bias: new Float64Array(CLASSES) };
    const loss = softmaxLoss(scores, held, held.length) / Math.log(CLASSES);
    assertNear(loss, reference.crossEntropy, 5e-3);
    const correct = held.filter((label, row) => {
      const ofRow = values.subarray(row * CLASSES, (row + 1) * CLASSES);
      return ofRow.indexOf(Math.max(...ofRow)) === label;
    });
    assert.ok(Math.abs(correct.length / held.length - reference.accuracy) <= 1 / held.length + 1e-9);
  }
  space.dispose();
}

test('the penalty is the one with which scikit-learn does best, and intervals are those of SciPy and statsmodels', async () => {
  const split = { order: Uint32Array.from({ length: ROWS }, (_, row) => row), fitted: 128, validated: 32 };
  for (const [features, dimension, reference] of [
    [narrow, null, expected.wholeProbe],
    [wide, null, expected.wholeProbeWide],
    [wide, 12, expected.wholeProbeOfDimension],
  ] as const) {
    const { score, l2 } = await linearProbe(features, labels, CLASSES, split, pause, dimension);
    assert.equal(l2, reference.l2);
    // a fit ends at a gradient of 3e-4, with weights up to 3e-4 / l2 from their best: some thousandths of held-out loss
    near(score.crossEntropy, reference.crossEntropy, 6e-3);
    // SciPy's interval goes below 0, where no cross-entropy is; ours ends there
    for (const bound of [0, 1] as const)
      near(score.crossEntropyInterval?.[bound], Math.max(0, reference.crossEntropyInterval[bound]), 6e-3);
    // the same images are right, so that only the interval's own rounding is left
    assert.equal(score.accuracy, reference.accuracy);
    for (const bound of [0, 1] as const)
      assertNear(score.accuracyInterval[bound], reference.accuracyInterval[bound], 1e-12);
  }
});

test('class selectivity is NumPy’s', () => {
  const found = classSelectivity(narrow, labels, CLASSES);
  found.forEach((value, column) => assertNear(value, expected.selectivity[column] ?? NaN, 1e-9));
});

test('CKA is that of the n x n form', () => {
  const found = alignment(kernelFeatures(narrow), kernelFeatures(wide));
  assertNear(found, expected.cka, 1e-4);
});

test('silhouettes are those of all distances, block by block, whether these are kept or computed again', async () => {
  const [rows, columns, clusters] = [2200, 3, 4];
  const matrix = exampleFeatures(rows, columns, 4);
  const partition = Int32Array.from({ length: rows }, (_, row) => (row * 7) % clusters);
  const at = (row: number, column: number): number => matrix.values[row * columns + column] ?? NaN;
  const sums = new Float64Array(rows * clusters);
  for (let one = 0; one < rows; one++)
    for (let other = 0; other < rows; other++) {
      const squares = [0, 1, 2].reduce((sum, column) => sum + (at(one, column) - at(other, column)) ** 2, 0);
      const place = one * clusters + (partition[other] ?? NaN);
      sums[place] = (sums[place] ?? NaN) + Math.sqrt(squares);
    }
  const size = rows / clusters;
  const slow = mean(
    Array.from(partition, (own, row) => {
      const means = [0, 1, 2, 3].map(
        (cluster) => (sums[row * clusters + cluster] ?? NaN) / (cluster === own ? size - 1 : size),
      );
      const [a, b] = [means[own] ?? NaN, Math.min(...means.filter((_, cluster) => cluster !== own))];
      return (b - a) / Math.max(a, b);
    }),
  );
  const space = new RowsByColumns(matrix);
  const kept = await silhouettes(space, [partition], clusters, pause);
  const again = await silhouettes(space, [partition], clusters, pause, 0);
  assertNear(kept.means[0] ?? NaN, slow, 1e-5);
  assert.deepEqual(again, kept);
  space.dispose();
});
