import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { logitGradient, oneOfEach } from '../../../../src-main/analysis/pictures/logit-gradient.ts';
import { imageTensor } from '../../../../src-main/analysis/network-tensors.ts';
import {
  layerOutputs,
  withNetwork,
  type PictureNetwork,
} from '../../../../src-main/analysis/pictures/picture-network.ts';
import { composedOperations } from '../../../../src-main/engine/composed-operations.ts';
import { forwardFrom } from '../../../../src-main/engine/model.ts';
import type { Operations } from '../../../../src-main/engine/operations.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import { alexnetLike, graphOf, TINY } from '../../engine/networks.ts';
import { engine } from '../../engine/test-engine.ts';
import { noiseImages, unevenWeights } from './uneven-weights.ts';

const networks: Record<string, { graph: Graph; layers: readonly string[] }> = {
  SqueezeNet: {
    graph: graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16),
    layers: ['input', 'fire2/squeeze', 'fire2/expand3x3', 'fire4/expand1x1'],
  },
  AlexNet: { graph: alexnetLike(), layers: ['input', 'conv1', 'pool1', 'fc6'] },
};
const kinds: Record<string, Operations> = { engine: engine.operations, composed: composedOperations };

/** Small enough that few ReLUs change sides, large enough for float32. */
const STEP = 3e-4;
const DIRECTIONS = 10;

for (const [family, { graph, layers }] of Object.entries(networks)) {
  for (const [kind, operations] of Object.entries(kinds)) {
    test(`gradients of a logit are finite differences: ${family}, ${kind} operations`, () =>
      withNetwork({ graph, engine: { ...engine, operations } }, unevenWeights(graph), (network) => {
        for (const layer of layers) tf.tidy(() => checkLayer(network, layer));
        return Promise.resolve();
      }));
  }
}

/**
 * Along random directions at the layer's output, the logits change as the gradient says. A difference reaches across
 * the kink of a ReLU or a maximum now and then, so it is the median over directions and images that must agree.
 */
function checkLayer(network: PictureNetwork, layer: string): void {
  const { graph, weights, operations } = network;
  const classes = [2, 0, 5, 1];
  const outputs = new Map(layerOutputs(network, imageTensor(graph, noiseImages(graph, classes.length))));
  const intact = outputs.get(layer);
  assert.ok(intact, `no layer ${layer} among ${[...outputs.keys()].join(', ')}`);
  // away from the zeros that a ReLU leaves, where a maximum has no gradient
  const output = tf.add<Tensor4D>(intact, tf.mul(0.1, noiseLike(intact, 'base')));
  outputs.set(layer, output);
  const gradient = logitGradient(network, outputs, layer, oneOfEach(classes, graph.classes));
  const before = graph.layers.slice(
    0,
    graph.layers.findIndex(({ name }) => name === layer),
  );
  const given = new Map([...outputs].filter(([name]) => before.some((each) => each.name === name)));
  const errors = Array.from({ length: DIRECTIONS }, (_, index) => {
    const direction = noiseLike(intact, `direction ${index}`);
    const logitsAt = (step: number): number[][] => {
      const known = new Map(given).set(layer, tf.add<Tensor4D>(output, tf.mul(direction, step)));
      return forwardFrom(graph, weights, known, { operations, training: false }).logits.arraySync();
    };
    const [up, down] = [logitsAt(STEP), logitsAt(-STEP)];
    const slopes = tf.sum(tf.mul(gradient, direction), [1, 2, 3]).dataSync<'float32'>();
    return classes.map((k, i) => {
      const expected = ((up[i]?.[k] ?? NaN) - (down[i]?.[k] ?? NaN)) / (2 * STEP);
      return Math.abs((slopes[i] ?? NaN) / expected - 1);
    });
  }).flat();
  const median = errors.toSorted((a, b) => a - b)[errors.length / 2];
  assert.ok(median !== undefined && median < 0.01, `${layer}: off by a share of ${median}`);
}

function noiseLike(output: Tensor4D, name: string): Tensor4D {
  const stream = randomStream(5, name);
  return tf.tensor4d(
    Float32Array.from({ length: output.size }, () => stream.normal()),
    output.shape,
  );
}
