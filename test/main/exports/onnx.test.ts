import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { forward } from '../../../src-main/engine/model.ts';
import { addLayers, type WeightValues } from '../../../src-main/exports/onnx/add-layers.ts';
import { readNetworkCheckpoint } from '../../../src-main/checkpoints/network-checkpoint.ts';
import { networkModel } from '../../../src-main/exports/onnx/network-model.ts';
import { OnnxGraph } from '../../../src-main/exports/onnx/onnx-graph.ts';
import { writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import { alexnetLike, CLASSES } from '../engine/networks.ts';
import { engine } from '../engine/test-engine.ts';

/** Largest difference of a logit over the largest logit, which is about one here. */
const TOLERANCE = 1e-4;
const MEAN = [0.48, 0.4, 0.53];
const STD = [0.25, 0.2, 0.31];

const folder = mkdtempSync(join(tmpdir(), 'kindling-onnx-'));
after(() => rmSync(folder, { recursive: true }));

const squeezenet = (fields: object) => ({ family: 'squeezenet', baseE: 16, incrE: 8, ...fields });

/** Odd sizes, so that windows overhang and paddings are uneven. */
const NETWORKS: readonly (readonly [height: number, width: number, fields: Record<string, unknown>])[] = [
  [67, 70, squeezenet({ version: '1.0' })],
  [66, 61, squeezenet({ version: '1.1', downsample: 'late', batchNorm: true })],
  [33, 35, squeezenet({ version: '1.1', stem: 'small', bypass: 'complex', batchNorm: true })],
  [35, 33, squeezenet({ version: '1.0', stem: 'small', bypass: 'complex', pct3x3: 1 })],
  [32, 32, squeezenet({ version: '1.0', stem: 'small', bypass: 'simple', pct3x3: 0 })],
  [65, 71, { family: 'mobilenet-v1', alpha: 0.25 }],
  [33, 31, { family: 'mobilenet-v1', alpha: 0.125, stem: 'small' }],
  [66, 71, { family: 'mobilenet-v1', alpha: 0.25, activation: 'relu6', padding: 'same' }],
  [67, 65, { family: 'shufflenet-v1', groups: 3, scale: 0.25 }],
  [33, 35, { family: 'shufflenet-v1', groups: 4, scale: 0.25, stem: 'small' }],
  [
    64,
    67,
    {
      ...{ family: 'shufflenet-v1', groups: 3, scale: 0.25 },
      ...{ shuffleOrder: 'channels', shufflePlace: 'late', shortcut: 'counted' },
    },
  ],
  [37, 33, { family: 'alexnet', stem: 'small' }],
];

for (const [height, width, fields] of NETWORKS) {
  test(`${JSON.stringify(fields)} on ${height}x${width}: onnxruntime and the engine agree`, async () => {
    const input: Shape = [height, width, 3];
    const graph = resolveNetwork(parseNetwork(fields), { input, classes: CLASSES });
    const weights = unevenWeights(graph);
    // Through a file, as a run leaves it.
    const file = join(folder, 'last.safetensors');
    const tensors = graph.layers.flatMap((layer) =>
      layer.weights.map(({ name, shape }) => ({
        name,
        shape,
        values: weights.get(name) ?? new Float32Array(),
      })),
    );
    writeSafetensors(file, tensors, {
      network: JSON.stringify(fields),
      input: JSON.stringify(input),
      classes: JSON.stringify(Array.from({ length: CLASSES }, (_, index) => `class ${index}`)),
      mean: JSON.stringify(MEAN),
      std: JSON.stringify(STD),
    });
    await assertAgreement(graph, weights, {
      ...readNetworkCheckpoint(file),
      ...{ softmax: false, name: 'test', description: '', metadata: {} },
    });
  });
}

test('normalisation across channels, groups and dense layers on maps agree', async () => {
  const graph = alexnetLike();
  // Large activations, or the normalisation would change nothing that can be seen.
  const weights = new Map(
    [...unevenWeights(graph)].map(([name, values]) => [
      name,
      name.startsWith('conv1/') ? values.map((value) => 100 * value) : values,
    ]),
  );
  const rest = { mean: MEAN, std: STD, softmax: false, name: 'test', description: '', metadata: {} };
  await assertAgreement(graph, weights, { graph, weights, ...rest });
});

test('one model takes batches of any size, and its probabilities are the softmax of its logits', async () => {
  const graph = alexnetLike();
  const session = await InferenceSession.create(
    networkModel({
      ...{ graph, weights: unevenWeights(graph), mean: MEAN, std: STD },
      ...{ softmax: true, name: 'test', description: '', metadata: {} },
    }),
  );
  assert.deepEqual(session.inputNames, ['images']);
  assert.deepEqual(session.outputNames, ['logits', 'probabilities']);
  for (const batch of [1, 4]) {
    const outputs = await session.run({ images: channelsFirst(imagesOf(graph, batch), batch, graph.input) });
    assert.deepEqual(outputs['logits']?.dims, [batch, CLASSES]);
    const logits = numbersOf(outputs['logits']).slice(-CLASSES);
    const exponentials = logits.map((logit) => Math.exp(logit));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    const expected = exponentials.map((value) => value / sum);
    const found = numbersOf(outputs['probabilities']).slice(-CLASSES);
    assert.ok(largestDifference(found, expected) < 1e-6);
  }
  await session.release();
});

test('each layer keeps its name, and dropout leaves no node', () => {
  const graph = alexnetLike();
  const onnx = new OnnxGraph();
  addLayers(onnx, graph, unevenWeights(graph), 'images');
  const outputs = new Set(onnx.nodes.flatMap(({ output }) => output));
  for (const { name, kind } of graph.layers)
    assert.equal(outputs.has(name), kind !== 'dropout' && kind !== 'input', name);
});

async function assertAgreement(
  graph: Graph,
  weights: WeightValues,
  model: Parameters<typeof networkModel>[0],
): Promise<void> {
  const batch = 2;
  const images = imagesOf(graph, batch);
  const expected = engineLogits(graph, weights, images, batch);
  const session = await InferenceSession.create(networkModel(model));
  const outputs = await session.run({ images: channelsFirst(images, batch, graph.input) });
  const found = numbersOf(outputs['logits']);
  await session.release();
  const scale = Math.max(...expected.map(Math.abs));
  assert.equal(found.length, expected.length);
  assert.ok(largestDifference(found, expected) < TOLERANCE * scale, `${String(found)}\n${String(expected)}`);
  // Logits that do not depend on the image would show nothing.
  const [first, second] = [expected.slice(0, CLASSES), expected.slice(CLASSES)];
  assert.ok(largestDifference(first, second) > 100 * TOLERANCE * scale, String(expected));
}

/**
 * Weights that keep the size of the activations, classifier included, with nothing at a special value: biases,
 * means and variances as they are drawn for training would hide what is done with them.
 */
function unevenWeights(graph: Graph): WeightValues {
  const weights = new Map<string, Float32Array>();
  for (const weight of graph.layers.flatMap((layer) => layer.weights)) {
    const stream = randomStream(3, 'weights', weight.name);
    const size = weightSize(weight);
    const inputs = weight.shape.length === 4 && weight.shape[3] === 1 ? 9 : size / (weight.shape.at(-1) ?? 1);
    const around = (center: number, spread: number) => () => center + spread * (2 * stream.uniform() - 1);
    const draw = weight.kind.endsWith('kernel')
      ? around(0, Math.sqrt(6 / inputs))
      : weight.kind === 'gamma' || weight.kind === 'moving variance'
        ? around(1, 0.5)
        : around(0.1, 0.2);
    weights.set(weight.name, Float32Array.from({ length: size }, draw));
  }
  return weights;
}

/** Grey levels, from 0 to 1, [n, h, w, c]. The first image is darker, so that the two differ in more than noise. */
function imagesOf(graph: Graph, batch: number): Float32Array {
  const [height, width, channels] = graph.input;
  const stream = randomStream(7, 'images');
  const size = height * width * channels;
  return Float32Array.from(
    { length: batch * size },
    (_, at) => (stream.integer(256) / 255) * (at < size ? 0.4 : 1),
  );
}

function engineLogits(graph: Graph, weights: WeightValues, images: Float32Array, batch: number): number[] {
  return tf.tidy(() => {
    const shapes = graph.layers.flatMap((layer) => layer.weights);
    const tensors = new Map(
      shapes.map(({ name, shape }) => [name, tf.tensor(weights.get(name) ?? [], [...shape])]),
    );
    const normalized = images.map((value, at) => (value - (MEAN[at % 3] ?? 0)) / (STD[at % 3] ?? 1));
    const input = tf.tensor4d(normalized, [batch, ...graph.input]);
    const { logits } = forward(graph, tensors, input, { operations: engine.operations, training: false });
    return [...logits.dataSync()];
  });
}

function channelsFirst(images: Float32Array, batch: number, [height, width, channels]: Shape): Tensor {
  const positions = height * width;
  const values = new Float32Array(images.length);
  for (let from = 0; from < images.length; from++) {
    const image = Math.floor(from / (positions * channels));
    const position = Math.floor(from / channels) % positions;
    values[(image * channels + (from % channels)) * positions + position] = images[from] ?? Number.NaN;
  }
  return new Tensor('float32', values, [batch, channels, height, width]);
}

function numbersOf(tensor: InferenceSession.OnnxValueMapType[string] | undefined): number[] {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('no float32 output');
  return [...tensor.data];
}

function largestDifference(found: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs(value - (found[index] ?? Number.NaN))));
}
