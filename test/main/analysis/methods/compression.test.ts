import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retrainPruned } from '../../../../src-main/analysis/methods/deep-compression/retrain-pruned.ts';
import { deepCompressionMethod } from '../../../../src-main/analysis/methods/deep-compression/index.ts';
import { quantizationMethod } from '../../../../src-main/analysis/methods/quantization/index.ts';
import type { WeightValues } from '../../../../src-main/analysis/subject.ts';
import { COMPONENTS } from '../../../../src-main/compression/stage-bytes.ts';
import { keepLargest, pruneWeights } from '../../../../src-main/compression/prune-weights.ts';
import { quantizeWeights } from '../../../../src-main/compression/quantize-weights.ts';
import { networkCost } from '../../../../src-shared/networks/costs.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { resultsOf, valueOf } from '../run-method.ts';
import { CONTROL, smallSubject, unevenWeights } from '../small-subject.ts';

const graph = graphOf({ ...TINY, batchNorm: true }, 16);
const kernels = graph.layers.flatMap((layer) =>
  layer.weights.filter(({ kind }) => kind === 'kernel').map(({ name }) => name),
);

test('a layer that is quantised alone is that layer in a network with the rounded weights', async () => {
  const layer = 'fire5/squeeze';
  const weights = unevenWeights(graph, 1);
  const found = await resultsOf(quantizationMethod, smallSubject(graph, weights), { images: 120 });
  const name = `${layer}/kernel`;
  const rounded = quantizeWeights(weights.get(name) ?? new Float32Array(), 2, 'symmetric');
  const other = smallSubject(graph, new Map([...weights, [name, rounded]]));
  const [baseline] = (await resultsOf(quantizationMethod, other, { images: 120 })).filter(
    ({ measure }) => measure === 'accuracy-8-bit',
  );
  assert.equal(valueOf(found, layer, 'accuracy-2-bit'), baseline?.baselines['float32']);
  assert.equal(found.length, 5 * 3 * (kernels.length + 1));
  const errors = [8, 6, 4, 3, 2].map((bits) => valueOf(found, null, `error-${bits}-bit`) ?? Number.NaN);
  assert.ok(errors.every((error, index) => index === 0 || error > (errors[index - 1] ?? Infinity)));
});

test('bytes of layers and components sum to those of the network, which begin with its float32 size', async () => {
  const settings = { images: 60, retrainEpochs: 0, bits: 4, squeezeBits: 6 };
  const found = await resultsOf(deepCompressionMethod, smallSubject(graph), settings);
  const coded = valueOf(found, null, 'bytes-coded') ?? Number.NaN;
  const sum = (values: readonly (number | null | undefined)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? Number.NaN), 0);
  assert.equal(sum(COMPONENTS.map(({ name }) => valueOf(found, null, `bytes-of-${name}`))), coded);
  const layers = graph.layers.filter(({ weights }) => weights.length > 0).map(({ name }) => name);
  for (const stage of ['float32', 'pruned', 'shared', 'coded'])
    assert.equal(
      sum(layers.map((layer) => valueOf(found, layer, `bytes-${stage}`))),
      valueOf(found, null, `bytes-${stage}`),
    );
  const { sizeBytes } = networkCost(graph);
  assert.equal(valueOf(found, null, 'bytes-float32'), sizeBytes);
  assert.equal(valueOf(found, null, 'ratio'), sizeBytes / coded);
  // Four values for each channel with batch norm; a bias for every channel.
  const channels = graph.layers.flatMap(({ weights }) => weights.filter(({ kind }) => kind === 'gamma'));
  const normalized = sum(channels.map(({ shape }) => shape[0]));
  assert.equal(valueOf(found, null, 'bytes-of-batch-norm'), 4 * 4 * normalized);
  assert.equal(valueOf(found, null, 'bytes-of-biases'), 4 * (normalized + graph.classes));
});

test('what is neither pruned nor many-valued is kept, and its accuracy with it', async () => {
  const weights = unevenWeights(graph, 1);
  for (const name of kernels)
    weights.set(
      name,
      (weights.get(name) ?? new Float32Array()).map((value) => Math.round(4 * value) / 4),
    );
  const subject = smallSubject(graph, weights);
  const found = await resultsOf(deepCompressionMethod, subject, {
    ...{ images: 120, quality: 0, retrainEpochs: 0, bits: 8 },
  });
  assert.equal(valueOf(found, null, 'accuracy-lost-pruned'), 0);
  assert.equal(valueOf(found, null, 'accuracy-lost-shared'), 0);
  const values = kernels.flatMap((name) => [...(weights.get(name) ?? [])]);
  assert.equal(valueOf(found, null, 'kept'), values.filter((value) => value !== 0).length / values.length);
});

test('in rounds a kernel loses the same share of its weights each time, and has as many in the end', async () => {
  const settings = { images: 120, retrainEpochs: 1, retrainImages: 120, retrainRate: 1 };
  const trained = unevenWeights(graph, 1);
  const subject = smallSubject(graph, trained);
  const once = await resultsOf(deepCompressionMethod, subject, { ...settings, rounds: 1 });
  const twice = await resultsOf(deepCompressionMethod, subject, { ...settings, rounds: 2 });
  for (const measure of ['kept', 'accuracy-pruned', 'bytes-float32'])
    assert.equal(valueOf(twice, null, measure), valueOf(once, null, measure));

  let expected: WeightValues = trained;
  for (const power of [0.5, 1]) {
    const sparse = new Map(expected);
    for (const name of kernels) {
      const [before = new Float32Array(), present = new Float32Array()] = [trained, expected].map((each) =>
        each.get(name),
      );
      const share = pruneWeights(before, 1).filter((value) => value !== 0).length / before.length;
      sparse.set(name, keepLargest(present, Math.round(before.length * share ** power)));
    }
    expected = await retrainPruned(subject, sparse, { epochs: 1, images: 120, rate: 1 }, CONTROL);
  }
  const own = await resultsOf(deepCompressionMethod, smallSubject(graph, expected), {
    ...{ images: 120, quality: 0, retrainEpochs: 0 },
  });
  // bytes tell networks apart that guess alike
  const coded = valueOf(twice, null, 'bytes-coded');
  assert.equal(coded, valueOf(own, null, 'bytes-coded'));
  assert.notEqual(coded, valueOf(once, null, 'bytes-coded'));
});

test('the largest weights are kept, of equal ones the first, and as many as the threshold keeps are the same', () => {
  const weights = Float32Array.of(0.5, -2, 0, 2, -0.25, 2);
  assert.deepEqual([...keepLargest(weights, 2)], [0, -2, 0, 2, 0, 0]);
  for (const quality of [0, 0.3, 1, 5]) {
    const pruned = pruneWeights(weights, quality);
    assert.deepEqual(keepLargest(weights, pruned.filter((value) => value !== 0).length), pruned);
  }
});

test('retraining moves the kept weights, leaves the pruned ones zero, the same each time', async () => {
  const weights = unevenWeights(graph, 1);
  for (const name of kernels) weights.set(name, pruneWeights(weights.get(name) ?? new Float32Array(), 0.8));
  const subject = smallSubject(graph, weights);
  const options = { epochs: 2, images: 120, rate: 0.1 };
  const retrained = await retrainPruned(subject, weights, options, CONTROL);
  for (const name of kernels) {
    const [before, after] = [weights.get(name) ?? [], retrained.get(name) ?? []];
    assert.ok(
      Array.from(before).every((value, index) => value !== 0 || after[index] === 0),
      name,
    );
    assert.ok(
      Array.from(before).some((value, index) => value !== after[index]),
      name,
    );
  }
  const again = await retrainPruned(subject, weights, options, CONTROL);
  assert.deepEqual([...again], [...retrained]);
});
