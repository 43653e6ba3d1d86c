import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { imageTensor } from '../../../../src-main/analysis/network-tensors.ts';
import { guidedNetwork } from '../../../../src-main/analysis/pictures/guided-network.ts';
import {
  logitsOf,
  withNetwork,
  type PictureNetwork,
} from '../../../../src-main/analysis/pictures/picture-network.ts';
import type { WeightValues } from '../../../../src-main/analysis/subject.ts';
import { composedOperations } from '../../../../src-main/engine/composed-operations.ts';
import type { Operations } from '../../../../src-main/engine/operations.ts';
import { importNetwork } from '../../../../src-main/network-files/import-network.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { networkImportSchema } from '../../../../src-shared/networks/import-options.ts';
import { weightSize } from '../../../../src-shared/networks/weights.ts';
import { alexnetLike, assertClose, distance, graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { assertNear, sampledPlaces, TORCH_NETWORKS, waves } from '../../network-files/torch-networks.ts';
import { formulaValues } from '../formula-values.ts';
import { gradientsOf } from './gradients-of.ts';
import { SIDE, squareIn, twoChannelNetwork } from './two-channel-network.ts';
import { noiseImages, unevenWeights } from './uneven-weights.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const SIDE_OF_TORCH = 48;

/** What test/fixtures/analysis/guided-backpropagation.py writes. */
const guidedSchema = z.array(
  z.object({
    file: z.string(),
    /** Null for the logit of the predicted class. */
    layer: z.string().nullable(),
    predicted: z.int(),
    channel: z.int().nullable(),
    values: z.array(z.number()),
    norm: z.number(),
  }),
);
const expected = guidedSchema.parse(
  JSON.parse(readFileSync(join(FIXTURES, 'analysis/guided-backpropagation.json'), 'utf8')),
);

const OPERATIONS = { engine: engine.operations, composed: composedOperations };

for (const [file, fields] of Object.entries(TORCH_NETWORKS))
  for (const [kind, operations] of Object.entries(OPERATIONS))
    test(`${file}: gradients are those of PyTorch with hooks, ${kind} operations`, () => {
      const wanted = networkImportSchema.parse({ ...fields, input: [SIDE_OF_TORCH, SIDE_OF_TORCH, 3] });
      const { graph, tensors } = importNetwork(join(FIXTURES, 'torch-networks', file), wanted);
      const weights = new Map(tensors.map(({ name, values }) => [name, values]));
      return assertGuidedAlike(file, graph, weights, operations);
    });

for (const [kind, operations] of Object.entries(OPERATIONS))
  test(`AlexNet’s normalization, groups and overlapping pools: gradients are those of PyTorch, ${kind} operations`, () => {
    const graph = alexnetLike();
    // the first so large that the normalization does something
    const scales = new Map<string, number>([
      ['conv1/kernel', 100],
      ['conv2/kernel', 0.1],
      ['fc6/kernel', 0.05],
      ['fc8/kernel', 0.3],
    ]);
    const all = graph.layers.flatMap(({ weights }) => weights);
    const weights = new Map(
      all.map((weight, place) => [
        weight.name,
        formulaValues(weightSize(weight), place).map((value) => (scales.get(weight.name) ?? 1) * value),
      ]),
    );
    return assertGuidedAlike('small AlexNet', graph, weights, operations);
  });

async function assertGuidedAlike(
  file: string,
  graph: Graph,
  weights: WeightValues,
  operations: Operations,
): Promise<void> {
  const [side] = graph.input;
  const images = waves(side);
  const own = expected.filter((each) => each.file === file);
  assert.ok(own.length > 2);
  for (const { layer, predicted, channel, values, norm } of own) {
    const output = layer === null ? predicted : channel;
    const found = await gradientsOf(
      { graph, engine: { ...engine, operations } },
      { layer, guided: true, weights, images, chosen: output === null ? null : [output] },
    );
    const what = `${layer ?? 'logit'} ${channel ?? ''}`;
    const places = sampledPlaces(found.length, values.length);
    // PyTorch's order is channels, height, width
    const at = (place: number): number =>
      found[(place % side ** 2) * 3 + Math.floor(place / side ** 2)] ?? NaN;
    assertNear(places.map(at), values, what);
    assertNear([Math.hypot(...found)], [norm], `norm of ${what}`);
  }
}

const TINY_NETWORK = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16);

for (const [family, graph] of Object.entries({ SqueezeNet: TINY_NETWORK, AlexNet: alexnetLike() }))
  test(`what the network computes stays as it is: ${family}`, () =>
    withNetwork({ graph, engine }, unevenWeights(graph), (network) => {
      const images = noiseImages(graph, 4);
      const logits = (each: PictureNetwork): number[] =>
        tf.tidy(() => Array.from(logitsOf(each, imageTensor(graph, images)).dataSync()));
      assertClose(logits(guidedNetwork(network)), logits(network), 1e-6, 'logits');
      return Promise.resolve();
    }));

test('without negative weights it is the plain gradient, with them it is not', () => {
  const graph = TINY_NETWORK;
  // of both signs, so that units are off
  const images = noiseImages(graph, 4);
  const weights = unevenWeights(graph);
  const gradients = (values: typeof weights) =>
    Promise.all(
      [false, true].map((guided) =>
        gradientsOf(
          { graph, engine },
          { layer: null, guided, weights: values, images, chosen: [2, 0, 5, 1] },
        ),
      ),
    );
  return Promise.all([
    gradients(new Map([...weights].map(([name, values]) => [name, values.map(Math.abs)]))),
    gradients(weights),
  ]).then(([[plain, guided], [signed, guidedSigned]]) => {
    assert.ok(plain && guided && signed && guidedSigned);
    assert.ok(plain.some((value) => value > 0));
    assertClose(guided, plain, 1e-5, 'the gradient');
    assert.ok(distance(guidedSigned, signed) > 0.1);
  });
});

test('nothing passes where a unit is off, nor where a gradient is negative', async () => {
  const { graph, weights } = twoChannelNetwork();
  const images = squareIn(1, 10, 8, squareIn(0, 2, 3)).map((value) => 2 * value - 1);
  const opposed = new Map(weights).set('dense/kernel', Float32Array.of(1, 0, -1, 1));
  const gradients = (guided: boolean) =>
    gradientsOf({ graph, engine }, { layer: null, guided, weights: opposed, images, chosen: [0] });
  for (const [at, value] of (await gradients(true)).entries()) {
    // the first channel speaks for the first class where its unit is on, the second against it
    const expectedValue = at % 3 === 0 && (images[at] ?? 0) > 0 ? 1 / SIDE ** 2 : 0;
    assert.ok(Math.abs(value - expectedValue) < 1e-9, `${value} at ${at}`);
  }
  assert.ok((await gradients(false)).some((value) => value < 0));
});

test('each image has the channel that is asked for it', async () => {
  const { graph, weights } = twoChannelNetwork();
  const image = squareIn(1, 10, 8, squareIn(0, 2, 3));
  const images = new Float32Array([...image, ...image]);
  const asked = { layer: 'conv', guided: false, weights, images, chosen: [1, 0] };
  const found = await gradientsOf({ graph, engine }, asked);
  const own = found.map((value, at) =>
    at % 3 === (at < image.length ? 1 : 0) ? value - (images[at] ?? 0) : value,
  );
  assert.ok(own.every((value) => value === 0));
});
