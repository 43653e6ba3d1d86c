import assert from 'node:assert/strict';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { GraphBuilder } from '../../../src-shared/networks/graph-builder.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { randomStream } from '../../../src-shared/random.ts';
import type { TrainingBatch } from '../../../src-main/engine/engine.ts';
import type { ProgramRecipe, TrainingProgram } from '../../../src-main/engine/training-program.ts';

export const CLASSES = 7;

export function graphOf(fields: Readonly<Record<string, unknown>>, side = 32): Graph {
  return resolveNetwork(parseNetwork(fields), { input: [side, side, 3], classes: CLASSES });
}

/** A SqueezeNet of a few thousand parameters for 16 pixels. */
export const TINY = {
  family: 'squeezenet',
  version: '1.1',
  baseE: 8,
  incrE: 4,
  sr: 0.5,
  stemFilters: 8,
  stem: 'small',
  dropout: 0,
} as const;

/** AlexNet's kinds of layers without its 37 million parameters: normalisation, groups, dropout, dense layers. */
export function alexnetLike(): Graph {
  const builder = new GraphBuilder('alexnet', [16, 16, 3], CLASSES);
  const plain = { role: 'convolution' as const, bias: true, batchNorm: false };
  const padding = { top: 2, bottom: 2, left: 2, right: 2 };
  builder.add('convolution', { ...plain, name: 'conv1', filters: 8, kernel: 3 });
  builder.add('local response normalization', { name: 'norm1', role: 'normalization' });
  builder.add('pool', {
    name: 'pool1',
    role: 'pool',
    operation: 'maximum',
    size: 3,
    stride: 2,
    padding: 'ceil',
  });
  builder.add('convolution', { ...plain, name: 'conv2', filters: 12, kernel: 5, padding, groups: 2 });
  builder.add('dense', { name: 'fc6', role: 'dense', units: 32, activation: 'relu' });
  builder.add('dropout', { name: 'dropout6', role: 'dropout', rate: 0.5 });
  builder.add('dense', { name: 'fc8', role: 'classifier', units: CLASSES, activation: 'none' });
  return builder.graph();
}

type Trained = readonly [title: string, graph: Graph, recipe: Partial<ProgramRecipe>];

/** All families and optimizers, small. */
export const TRAINED: readonly Trained[] = [
  [
    'SqueezeNet, SGD with Nesterov, batch norm',
    graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16),
    {},
  ],
  ['SqueezeNet, SGD without Nesterov', graphOf({ ...TINY, bypass: 'complex' }, 16), { nesterov: false }],
  [
    'SqueezeNet, plain SGD, no decay',
    graphOf({ ...TINY, version: '1.0' }, 16),
    { momentum: 0, weightDecay: 0 },
  ],
  ['SqueezeNet, Adam', graphOf(TINY, 16), { optimizer: 'adam' }],
  ['SqueezeNet, AdamW, label smoothing', graphOf(TINY, 16), { optimizer: 'adamw', labelSmoothing: 0.1 }],
  ['SqueezeNet, RMSprop', graphOf(TINY, 16), { optimizer: 'rmsprop' }],
  ['SqueezeNet, dropout', graphOf({ ...TINY, dropout: 0.5, pct3x3: 1 }, 16), { labelSmoothing: 0.2 }],
  ['SqueezeNet, stem and pools of ImageNet', graphOf({ ...TINY, stem: 'imagenet', pct3x3: 0 }, 64), {}],
  ['MobileNetV1', graphOf({ family: 'mobilenet-v1', alpha: 0.125 }, 32), {}],
  [
    'MobileNetV1 with ReLU6 and padding as in TensorFlow',
    graphOf({ family: 'mobilenet-v1', alpha: 0.125, activation: 'relu6', padding: 'same' }, 32),
    {},
  ],
  [
    'ShuffleNet v1, 3 groups',
    graphOf({ family: 'shufflenet-v1', groups: 3, scale: 0.25, stem: 'small' }, 32),
    {},
  ],
  [
    'ShuffleNet v1, 1 group, Adam',
    graphOf({ family: 'shufflenet-v1', groups: 1, scale: 0.25 }, 32),
    { optimizer: 'adam' },
  ],
  ['the layers of AlexNet', alexnetLike(), { momentum: 0 }],
];

/** Normal pixels and uniform labels; the same for the same step. */
export function batchOf(graph: Graph, size: number, step = 0, learningRate = 0.02): ValuesBatch {
  const stream = randomStream(11, 'test batch', step);
  const [height, width, channels] = graph.input;
  const images = Float32Array.from({ length: size * height * width * channels }, () => stream.normal());
  const labels = Int32Array.from({ length: size }, () => stream.integer(graph.classes));
  return { images, labels, learningRate, step, seed: 5 };
}

/** With images as values. */
interface ValuesBatch extends TrainingBatch {
  readonly images: Float32Array;
}

/**
 * A state with nothing at a special value: weights as they are drawn for training would leave every bias, beta
 * and moving mean at zero and so hide what is done with them.
 */
export function unevenState(program: TrainingProgram): Float32Array[] {
  const { layout } = program;
  return program.state.map(({ name, size }) => {
    const vector = new Float32Array(size);
    const places = name === 'parameters' ? layout.parameters : name === 'statistics' ? layout.statistics : [];
    for (const { weight, offset, size: count } of places) {
      const stream = randomStream(3, 'test state', weight.name);
      const { initializer } = weight;
      for (let i = offset; i < offset + count; i++) {
        const draw = 2 * stream.uniform() - 1;
        if (initializer.kind === 'normal') vector[i] = initializer.std * Math.sqrt(3) * draw;
        else if (initializer.kind === 'uniform') vector[i] = initializer.limit * draw;
        else vector[i] = initializer.value + 0.2 * draw;
      }
    }
    return vector;
  });
}

/** |found - expected| / |expected| in the L2 norm. */
export function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) throw new Error(`${found.length} values, not ${expected.length}`);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = expected[i] ?? Number.NaN;
    difference += ((found[i] ?? Number.NaN) - value) ** 2;
    norm += value ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference / norm);
}

/** Relative to the length of what is expected, in the L2 norm. */
export function assertClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  const deviation = distance(found, expected);
  assert.ok(deviation <= tolerance, `${what} differs by ${deviation}`);
}
