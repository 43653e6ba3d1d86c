import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { imageTensor, weightTensors } from '../../../src-main/analysis/network-tensors.ts';
import { forward } from '../../../src-main/engine/model.ts';
import type { ImportedNetwork } from '../../../src-main/network-files/import-network.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { isRectified } from '../../../src-shared/networks/layers/parts/activation.ts';
import { engine } from '../engine/test-engine.ts';

/** What test/fixtures/torch-networks.py writes. */
const computedSchema = z.object({
  side: z.int(),
  logits: z.array(z.number()),
  modules: z.record(z.string(), z.object({ shape: z.array(z.int()), values: z.array(z.number()) })),
});
type Computed = z.output<typeof computedSchema>;

export function readComputed(file: string | URL): Computed {
  return computedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What the narrow networks beside test/fixtures/torch-networks.py are, by file. */
export const TORCH_NETWORKS: Readonly<Record<string, object>> = {
  'squeezenet.pt': {
    family: 'squeezenet',
    fields: { version: '1.1', baseE: 8, incrE: 8, sr: 0.5, stemFilters: 6 },
  },
  'mobilenet.safetensors': { family: 'mobilenet-v1', fields: { alpha: 0.0625 } },
  'shufflenet.pth': { family: 'shufflenet-v1', fields: { groups: 2, scale: 0.08 } },
};

const TOLERANCE = 1e-4;

/**
 * The logits and the sampled activations of every layer with weights are PyTorch's, within 1e-4 of the largest value of each.
 */
export function assertComputesTheSame({ graph, tensors, layers }: ImportedNetwork, expected: Computed): void {
  const values = new Map(tensors.map(({ name, values: of }) => [name, of]));
  const weights = weightTensors(graph, values);
  const activations = new Map<string, { readonly layer: Layer; readonly values: Float32Array }>();
  const images = imageTensor(graph, waves(expected.side));
  const logits = tf.tidy(() => {
    const onLayer = (layer: Layer, output: tf.Tensor4D): void => {
      const channelsFirst = tf.transpose(output, [0, 3, 1, 2]);
      activations.set(layer.name, { layer, values: channelsFirst.dataSync<'float32'>() });
    };
    const result = forward(graph, weights, images, {
      operations: engine.operations,
      training: false,
      onLayer,
    });
    return Array.from(result.logits.dataSync());
  });
  tf.dispose([images, ...weights.values()]);
  for (const { layer: name, source, norm } of layers) {
    const found = activations.get(name);
    const sampled = expected.modules[norm ?? source];
    assert.ok(found !== undefined && sampled !== undefined, `${name} from ${norm ?? source}`);
    const { values: all, layer } = found;
    const places = sampledPlaces(all.length, sampled.values.length);
    const [low, high] = limits(layer);
    assertNear(
      places.map((place) => all[place] ?? NaN),
      sampled.values.map((value) => Math.min(high, Math.max(low, value))),
      `${name} from ${source}`,
    );
  }
  assertNear(logits, expected.logits, 'logits');
}

/** Of what comes out behind its activation. */
function limits(layer: Layer): readonly [low: number, high: number] {
  return [
    isRectified(layer) ? 0 : -Infinity,
    'activation' in layer && layer.activation === 'relu6' ? 6 : Infinity,
  ];
}

/** The places of `count` evenly spaced values among all. */
export function sampledPlaces(all: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor((index * (all - 1)) / (count - 1)));
}

export function assertNear(found: readonly number[], expected: readonly number[], what: string): void {
  assert.equal(found.length, expected.length, what);
  const largest = Math.max(1, ...expected.map(Math.abs));
  const differences = expected.map((value, index) => Math.abs(value - (found[index] ?? NaN)));
  const most = differences.reduce((one, other) => (other > one || Number.isNaN(other) ? other : one), 0);
  assert.ok(most <= TOLERANCE * largest, `${what}: ${most} of ${largest}`);
}

/** sin(0.37 i) in the order channels, height, width, here as [height, width, channels]. */
export function waves(side: number): Float32Array {
  return Float32Array.from({ length: 3 * side * side }, (_, index) => {
    const [position, channel] = [Math.floor(index / 3), index % 3];
    return Math.sin(0.37 * (channel * side * side + position));
  });
}
