import assert from 'node:assert/strict';
import test from 'node:test';
import { resampledRows } from '../../../../src-main/analysis/measures/bootstrap.ts';
import { kMeans } from '../../../../src-main/analysis/measures/k-means.ts';
import { type Matrix, takeRows } from '../../../../src-main/analysis/measures/matrix.ts';
import { sourceOf } from '../../../../src-main/analysis/measures/matrix-source.ts';
import { RowsByColumns } from '../../../../src-main/analysis/measures/rows-by-columns.ts';
import { silhouette, silhouettes } from '../../../../src-main/analysis/measures/silhouette.ts';
import { clustersMethod } from '../../../../src-main/analysis/methods/clusters/index.ts';
import type { Subject } from '../../../../src-main/analysis/subject.ts';
import type { AnalysisResult } from '../../../../src-shared/analysis/analysis-result.ts';
import { mean, standardDeviation } from '../../../../src-shared/statistics/interval.ts';
import { CLASSES, exampleFeatures, exampleLabels, referenceMeasures } from '../measures/example-features.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { imageSet, smallSubject } from '../small-subject.ts';
import { threeConvolutions } from '../three-convolutions.ts';

const ROWS = 200;
const SETS = 20;
const pause = () => Promise.resolve();

/** A network of one layer, whose features are these before and after its training. */
function subjectWith(features: Matrix): Subject {
  const subject = smallSubject(threeConvolutions(8, CLASSES));
  const layers = subject.layers.filter(({ name }) => name === 'c1');
  const labels = exampleLabels(features.rows);
  return {
    ...subject,
    layers,
    classes: Array.from({ length: CLASSES }, (_, label) => `class ${label}`),
    evaluationSet: () => imageSet(new Float32Array(), labels),
    features: () =>
      Promise.resolve(
        layers.map(({ name }) => ({ layer: name, ...sourceOf(features), close: () => undefined })),
      ),
  };
}

/** Each class moved by 2 along a column of its own. */
function movedApart({ values, ...shape }: Matrix): Matrix {
  const moved = values.map((value, at) => {
    const [row, column] = [Math.floor(at / shape.columns), at % shape.columns];
    return value + (row % CLASSES === column ? 2 : 0);
  });
  return { ...shape, values: moved };
}

function halfWidth({ interval }: AnalysisResult): number {
  assert.ok(interval);
  return (interval[1] - interval[0]) / 2;
}

const MEASURES = [
  ['cross-entropy', 'crossEntropy'],
  ['mutual information', 'mutualInformation'],
  ['purity', 'purity'],
  ['silhouette', 'silhouette'],
] as const;

test('cluster measures have intervals as wide as scikit-learn’s scatter over other images and starts', async () => {
  const all = movedApart(exampleFeatures(SETS * ROWS, 12, 3));
  const sets: (readonly AnalysisResult[])[] = [];
  for (let set = 0; set < SETS; set++) {
    const rows = Array.from({ length: ROWS }, (_, row) => set * ROWS + row);
    sets.push(await resultsOf(clustersMethod, subjectWith(takeRows(all, rows))));
  }
  const { clusterScatter } = referenceMeasures();
  for (const [measure, name] of MEASURES) {
    const reference = clusterScatter[name];
    const results = sets.flatMap((found) => found.filter((each) => each.measure === measure));
    const values = results.map(({ value }) => value ?? NaN);
    const about = (found: number): string =>
      `${measure}: ${found}, scikit-learn ${JSON.stringify(reference)}`;
    // the other starts of the same images leave a tenth of a standard deviation between the two means
    const apart = mean(values) - reference.mean;
    assert.ok(Math.abs(apart) < 0.25 * reference.sd, about(mean(values)));
    // a standard deviation of 20 sets is itself known to 16 %; with classes less far apart the two differ more, as
    // the page of clusters says
    const deviation = Math.sqrt(mean(results.map((each) => halfWidth(each) ** 2))) / 1.96;
    assert.ok(Math.abs(deviation / reference.sd - 1) < 0.3, about(deviation));
    for (const { value, interval } of results)
      assert.ok(
        interval && value !== null && interval[0] <= value && value <= interval[1],
        about(value ?? NaN),
      );
  }
});

test('what a row contributes to a silhouette is by how much it changes when the row counts more often', async () => {
  const features = movedApart(exampleFeatures(ROWS, 12, 4));
  const space = new RowsByColumns(features);
  const [found] = await kMeans(space, CLASSES, 5, pause);
  assert.ok(found);
  const { means, contributions } = await silhouettes(space, [found.clusters], CLASSES, pause);
  const [value] = means;
  assert.ok(value !== null && value !== undefined);
  assert.ok(Math.abs(mean([...contributions]) - value) < 1e-6);
  const errors: number[] = [];
  const changes: number[] = [];
  for (const weights of resampledRows(ROWS).slice(0, 40)) {
    const rows = [...weights].flatMap((count, row) => Array.from({ length: count }, () => row));
    const clusters = Int32Array.from(rows, (row) => found.clusters[row] ?? 0);
    const resampled = new RowsByColumns(takeRows(features, rows));
    const change = ((await silhouette(resampled, clusters, CLASSES, pause)) ?? NaN) - value;
    const foretold =
      contributions.reduce((sum, each, row) => sum + ((weights[row] ?? 0) - 1) * each, 0) / ROWS;
    changes.push(change);
    errors.push(foretold - change);
  }
  // what is left is of second order, and a row that is there twice is no distance from itself
  assert.ok(standardDeviation(errors) < 0.3 * standardDeviation(changes));
});

test('k, the features and the channels are those that are set', async () => {
  const subject = smallSubject(threeConvolutions(6, 2));
  const asked = { images: 60, restarts: 2 };
  const average = await resultsOf(clustersMethod, subject, asked);
  const several = await resultsOf(clustersMethod, subject, { ...asked, clusters: 12 });
  const map = await resultsOf(clustersMethod, subject, { ...asked, features: 'map' });
  const few = await resultsOf(clustersMethod, subject, { ...asked, channels: 0.5 });
  assert.equal(several[0]?.settings['clusters'], 12);
  assert.equal(average[0]?.settings['clusters'], 2);
  const entropy = (results: readonly AnalysisResult[], layer: string): number =>
    valueOf(results, layer, 'plain cross-entropy') ?? NaN;
  for (const layer of ['c1', 'c2', 'c3']) {
    // each cluster divides into several, which fit random images better
    assert.ok(entropy(several, layer) < entropy(average, layer), layer);
    for (const other of [map, few])
      assert.notEqual(valueOf(other, layer, 'silhouette'), valueOf(average, layer, 'silhouette'), layer);
  }
  // a vector has one position
  near(entropy(map, 'mean'), entropy(average, 'mean'), 1e-12);
});
