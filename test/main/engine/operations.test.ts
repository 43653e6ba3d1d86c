import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Padding } from '../../../src-shared/networks/layer.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { composedOperations } from '../../../src-main/engine/composed-operations.ts';
import type { Operations } from '../../../src-main/engine/operations.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../src-main/engine/training-program.ts';
import { alexnetLike, assertClose, batchOf, graphOf, TINY, unevenState } from './networks.ts';
import { engine } from './test-engine.ts';
import { naiveConvolution, naivePool } from './naive-windows.ts';

const NONE: Padding = { top: 0, bottom: 0, left: 0, right: 0 };
const ONE: Padding = { top: 1, bottom: 1, left: 1, right: 1 };
const TWO: Padding = { top: 2, bottom: 2, left: 2, right: 2 };
const CEIL: Padding = { top: 0, bottom: 1, left: 0, right: 1 };
const UNEVEN: Padding = { top: 1, bottom: 2, left: 0, right: 1 };

const LABELS = [2, 0, 4];

interface Case {
  readonly title: string;
  readonly shapes: readonly (readonly number[])[];
  /** False where small changes cross a kink. */
  readonly smooth?: boolean;
  /** False where the gradient of TensorFlow.js is wrong: the difference quotient alone tells. */
  readonly composed?: boolean;
  readonly apply: (operations: Operations, inputs: readonly Tensor[]) => Tensor;
}

const windows: readonly (readonly [
  side: number,
  kernel: number,
  stride: number,
  padding: Padding,
  name: string,
])[] = [
  [7, 3, 1, NONE, 'no padding'],
  [5, 1, 1, NONE, 'no padding'],
  [6, 1, 2, NONE, 'no padding'],
  [7, 3, 1, ONE, 'same'],
  [8, 3, 2, ONE, 'one pixel on all sides'],
  [7, 3, 2, ONE, 'one pixel on all sides'],
  [8, 3, 2, CEIL, 'ceil'],
  [7, 5, 1, TWO, 'two pixels'],
  [6, 3, 2, UNEVEN, 'uneven'],
];

function named(title: string, [side, kernel, stride, , name]: (typeof windows)[number]): string {
  return `${title} ${kernel}x${kernel}/${stride} on ${side} pixels, padding: ${name}`;
}

const CASES: readonly Case[] = [
  ...[false, true].flatMap((relu): Case[] => [
    {
      title: `biasAdd${relu ? ' with ReLU' : ''}`,
      shapes: [[3, 4, 5, 6], [6]],
      apply: (o, [x, bias]) => o.biasAdd(x as Tensor4D, bias as Tensor1D, relu),
    },
    {
      title: `batchNormTraining${relu ? ' with ReLU' : ''}`,
      shapes: [[3, 4, 5, 6], [6], [6]],
      apply: (o, [x, gamma, beta]) => normalized(o, relu, x, gamma, beta).output,
      // some outputs are too near the ReLU's kink; see native/batch-norm.test.ts for both in 64 bits
      smooth: !relu,
    },
  ]),
  {
    title: 'dense',
    shapes: [
      [5, 2, 3, 4],
      [24, 7],
    ],
    apply: (o, [x, w]) => o.dense(x as Tensor4D, w as Tensor2D),
  },
  { title: 'relu', shapes: [[3, 4, 5, 6]], apply: (o, [x]) => o.relu(x as Tensor4D) },
  ...windows.flatMap((window): Case[] => {
    const [side, kernel, stride, padding] = window;
    return [
      ...[1, 2].map((groups) => ({
        title: named(`convolution of ${groups} groups`, window),
        shapes: [
          [2, side, side, 4],
          [kernel, kernel, 4 / groups, 6],
        ],
        apply: (o: Operations, [x, w]: readonly Tensor[]) =>
          o.convolution(x as Tensor4D, w as Tensor4D, stride, padding, groups),
      })),
      ...[true, false].map((relu) => ({
        title: named(`convolution with bias${relu ? ' and ReLU' : ''}`, window),
        shapes: [[2, side, side, 4], [kernel, kernel, 4, 6], [6]],
        apply: (o: Operations, [x, w, bias]: readonly Tensor[]) => {
          const weights = { kernel: w as Tensor4D, bias: bias as Tensor1D };
          return o.biasedConvolution(x as Tensor4D, weights, relu, stride, padding, 1);
        },
        // some outputs are too near the ReLU's kink
        smooth: !relu,
      })),
      {
        title: named('depthwise convolution', window),
        shapes: [
          [2, side, side, 4],
          [kernel, kernel, 4, 1],
        ],
        apply: (o, [x, w]) => o.depthwise(x as Tensor4D, w as Tensor4D, stride, padding),
      },
      {
        title: named('maximum pool', window),
        shapes: [[2, side, side, 3]],
        apply: (o, [x]) => o.maximumPool(x as Tensor4D, kernel, stride, padding),
      },
      ...[false, true].map((countsPadding) => ({
        title: named(`average pool${countsPadding ? ' that counts padding' : ''}`, window),
        shapes: [[2, side, side, 3]],
        apply: (o: Operations, [x]: readonly Tensor[]) =>
          o.averagePool(x as Tensor4D, kernel, stride, padding, countsPadding),
        // of 4.22 on WebGPU, where the windows overlap
        composed: tf.getBackend() !== 'webgpu',
      })),
    ];
  }),
  {
    title: 'concatenate',
    shapes: [
      [2, 3, 3, 2],
      [2, 3, 3, 5],
    ],
    apply: (o, parts) => o.concatenate(parts as Tensor4D[]),
  },
  {
    title: 'shuffleChannels',
    shapes: [[2, 3, 3, 12]],
    apply: (o, [x]) => o.shuffleChannels(x as Tensor4D, 3),
  },
  ...[0, 0.1, [0, 0.1, 0.3]].map((smoothing) => ({
    title: `crossEntropy, smoothing ${String(smoothing)}`,
    shapes: [[3, 5]],
    apply: (o: Operations, [logits]: readonly Tensor[]) =>
      o.crossEntropy(
        logits as Tensor2D,
        tf.tensor1d(LABELS, 'int32'),
        typeof smoothing === 'number' ? smoothing : tf.tensor1d(smoothing),
      ),
  })),
];

function normalized(operations: Operations, relu: boolean, x?: Tensor, gamma?: Tensor, beta?: Tensor) {
  const weights = {
    gamma: gamma as Tensor1D,
    beta: beta as Tensor1D,
    movingMean: tf.linspace(-1, 1, 6),
    movingVariance: tf.linspace(0.5, 1.5, 6),
  };
  return operations.batchNormTraining(x as Tensor4D, weights, relu);
}

/**
 * Multiples of 0.1 in random order, none zero, moved by at most 0.02: no two are nearer than 0.06, so that no
 * maximum changes and no ReLU's input crosses zero under the small changes below.
 */
function spread(shape: readonly number[], seed: number): Float32Array {
  const stream = randomStream(seed, 'spread');
  const size = shape.reduce((product, extent) => product * extent, 1);
  const order = stream.permutation(size);
  return Float32Array.from(order, (rank) => {
    const centred = rank - Math.floor(size / 2);
    return (0.1 * (centred + 0.5) + 0.04 * (stream.uniform() - 0.5)) * Math.min(1, 20 / size);
  });
}

function values({ shapes }: Case): Float32Array[] {
  return shapes.map((shape, index) => spread(shape, index));
}

interface Outcome {
  readonly value: Float32Array;
  readonly shape: readonly number[];
  readonly gradients: Float32Array[];
}

/** The value, and the gradients of its product with `dy`. */
async function run(
  operations: Operations,
  { shapes, apply }: Case,
  inputs: readonly Float32Array[],
): Promise<Outcome> {
  const { y, gradients } = tf.tidy(() => {
    const tensors = inputs.map((data, index) => tf.tensor(data, [...(shapes[index] ?? [])]));
    const weighted = (...xs: Tensor[]) => {
      const y = apply(operations, xs);
      return tf.sum(tf.mul(y, tf.tensor(outward(y.size), y.shape)));
    };
    const y = apply(operations, tensors);
    const gradients = tf.grads(weighted)(tensors);
    return { y, gradients };
  });
  const outcome = {
    value: await y.data<'float32'>(),
    shape: y.shape,
    gradients: await Promise.all(gradients.map((gradient) => gradient.data<'float32'>())),
  };
  tf.dispose([y, ...gradients]);
  return outcome;
}

/** The gradient that arrives from above; uneven, so that no place can be mistaken for another. */
function outward(size: number): Float32Array {
  const stream = randomStream(9, 'outward');
  return Float32Array.from({ length: size }, () => 1 + stream.uniform());
}

for (const operation of CASES) {
  test(`${operation.title}: the engine's equals the composed one, and its gradient the difference quotient`, async () => {
    const inputs = values(operation);
    const expected = await run(composedOperations, operation, inputs);
    const found = await run(engine.operations, operation, inputs);
    assert.deepEqual(found.shape, expected.shape);
    assertClose(found.value, expected.value, 1e-5, 'value');
    for (const [index, gradient] of operation.composed === false ? [] : expected.gradients.entries())
      assertClose(found.gradients[index] ?? [], gradient, 1e-4, `gradient of input ${index}`);
    if (operation.smooth === false) return;
    for (const [index, gradient] of found.gradients.entries())
      await checkSlope(operation, inputs, index, gradient);
  });
}

/** Along one direction: (f(x + e v) - f(x - e v)) / 2e = <gradient, v>, to 5e-3 in float32. */
async function checkSlope(
  operation: Case,
  inputs: readonly Float32Array[],
  index: number,
  gradient: Float32Array,
): Promise<void> {
  const stream = randomStream(4, 'direction', index);
  const direction = gradient.map(() => 2 * stream.uniform() - 1);
  const epsilon = 2e-3;
  const towards = async (sign: number): Promise<number> => {
    const moved = inputs.map((input, i) =>
      i === index ? input.map((value, at) => value + sign * epsilon * (direction[at] ?? 0)) : input,
    );
    const { value } = await run(engine.operations, operation, moved);
    return dot(value, outward(value.length));
  };
  const ahead = await towards(1);
  const behind = await towards(-1);
  const slope = dot(gradient, direction);
  const size = Math.sqrt(dot(gradient, gradient) * dot(direction, direction));
  const deviation = Math.abs((ahead - behind) / (2 * epsilon) - slope) / size;
  assert.ok(
    deviation <= 5e-3,
    `input ${index}: slope ${(ahead - behind) / (2 * epsilon)}, gradient ${slope}`,
  );
}

test('biasAdd and batch norm: what is no number stays so, through a ReLU too', async () => {
  const x = tf.fill<tf.Rank.R4>([2, 3, 3, 4], Number.NaN);
  const vector = tf.ones<tf.Rank.R1>([4]);
  const weights = { gamma: vector, beta: vector, movingMean: vector, movingVariance: vector };
  const biased = engine.operations.biasAdd(x, vector, true);
  const { output } = engine.operations.batchNormTraining(x, weights, true);
  for (const y of [biased, output])
    assert.ok((await y.data<'float32'>()).every((value) => Number.isNaN(value)));
});

test('batch norm moves its statistics as the composed one does', async () => {
  const inputs = [[3, 4, 5, 6], [6], [6]].map((shape, index) => tf.tensor(spread(shape, index), shape));
  const [expected, found] = [composedOperations, engine.operations].map((o) =>
    normalized(o, false, inputs[0], inputs[1], inputs[2]),
  );
  for (const key of ['movingMean', 'movingVariance'] as const)
    assertClose((await found?.[key].data()) ?? [], (await expected?.[key].data()) ?? [0], 1e-6, key);
});

test('batch norm in inference uses the statistics that it is given', async () => {
  const inputs = [[2, 3, 3, 4], [4], [4], [4]].map((shape, index) => tf.tensor(spread(shape, index), shape));
  const [x, gamma, beta, mean] = inputs as [Tensor4D, Tensor1D, Tensor1D, Tensor1D];
  const weights = { gamma, beta, movingMean: mean, movingVariance: tf.tensor1d([0.5, 1, 2, 4]) };
  for (const relu of [false, true]) {
    const [expected, found] = await Promise.all(
      [composedOperations, engine.operations].map((o) =>
        o.batchNormInference(x, weights, relu).data<'float32'>(),
      ),
    );
    assertClose(found ?? [], expected ?? [0], 1e-5, `value, ${relu ? 'with' : 'without'} ReLU`);
  }
});

for (const window of windows) {
  const [side, kernel, stride, padding] = window;
  test(named('loops written out give the same:', window), async () => {
    const x = spread([2, side, side, 4], 0);
    const images = tf.tensor4d(x, [2, side, side, 4]);
    for (const groups of [1, 2, 4]) {
      const shape = [kernel, kernel, 4 / groups, 8] as const;
      const w = spread(shape, 1);
      const found = engine.operations.convolution(
        images,
        tf.tensor4d(w, [...shape]),
        stride,
        padding,
        groups,
      );
      const expected = naiveConvolution(x, [2, side, side, 4], w, shape, stride, padding, groups);
      assertClose(await found.data(), expected, 1e-6, `convolution of ${groups} groups`);
    }
    const w = spread([kernel, kernel, 4, 1], 1);
    const depthwise = engine.operations.depthwise(
      images,
      tf.tensor4d(w, [kernel, kernel, 4, 1]),
      stride,
      padding,
    );
    const grouped = naiveConvolution(x, [2, side, side, 4], w, [kernel, kernel, 1, 4], stride, padding, 4);
    assertClose(await depthwise.data(), grouped, 1e-6, 'depthwise');
    for (const operation of ['maximum', 'average'] as const) {
      const found = engine.operations[`${operation}Pool`](images, kernel, stride, padding, false);
      const expected = naivePool(operation, x, [2, side, side, 4], kernel, stride, padding);
      assertClose(await found.data(), expected, 1e-6, `${operation} pool`);
    }
  });
}

test("ShuffleNet's permutation", async () => {
  const x = tf.tensor4d([0, 1, 2, 3, 4, 5], [1, 1, 1, 6]);
  assert.deepEqual([...(await engine.operations.shuffleChannels(x, 3).data())], [0, 2, 4, 1, 3, 5]);
  assert.deepEqual([...(await engine.operations.shuffleChannels(x, 2).data())], [0, 3, 1, 4, 2, 5]);
});

test('cross-entropy of smoothed labels, by hand', async () => {
  // softmax(ln 1, ln 2, ln 5) = 1/8, 2/8, 5/8; targets 0.9 + 0.1/3 and 0.1/3.
  const logits = tf.tensor2d([[0, Math.log(2), Math.log(5)]]);
  const [a, b, c] = [Math.log(8), Math.log(4), Math.log(8 / 5)];
  const expected = (0.9 + 0.1 / 3) * b + (0.1 / 3) * (a + c);
  for (const operations of [engine.operations, composedOperations]) {
    for (const smoothing of [0.1, tf.tensor1d([0.1])]) {
      const [found = 0] = await operations.crossEntropy(logits, tf.tensor1d([1], 'int32'), smoothing).data();
      assert.ok(Math.abs(found - expected) < 1e-6, `${found}, not ${expected}`);
    }
  }
});

for (const [title, operations] of [
  ["the engine's", engine.operations],
  // its mask is drawn in JavaScript from numbers that it reads at once
  ...(tf.getBackend() === 'webgpu' ? [] : ([['composed', composedOperations]] as const)),
] as const) {
  test(`dropout (${title}): a function of seed, step and stream, with the right share of zeros`, async () => {
    const x = tf.ones<tf.Rank.R4>([10, 10, 10, 40]);
    const mask = (rate: number, seed: number, step: number, stream = 1) =>
      operations.dropout(x, rate, tf.tensor1d([seed, step], 'int32'), stream).data<'float32'>();
    const first = await mask(0.3, 5, 0);
    assert.deepEqual(await mask(0.3, 5, 0), first);
    const share = (values: Float32Array) => values.filter((value) => value === 0).length / values.length;
    // 40,000 draws: a standard deviation of 0.0023, and four of them.
    assert.ok(Math.abs(share(first) - 0.3) < 0.0092, `${share(first)}`);
    assert.ok(first.every((value) => value === 0 || Math.abs(value - 1 / 0.7) < 1e-6));
    // Independent masks differ in 2 * 0.3 * 0.7 of the places.
    for (const other of await Promise.all([mask(0.3, 5, 1), mask(0.3, 6, 0), mask(0.3, 5, 0, 2)])) {
      const differing = share(first.map((value, i) => (value === other[i] ? 0 : 1)));
      assert.ok(Math.abs(1 - differing - 0.42) < 0.01, `${1 - differing}`);
    }
  });
}

test("dropout's gradient passes where the mask does", async () => {
  // made on the way, it is gone when the gradient is computed
  const drop = (x: Tensor4D) => engine.operations.dropout(x, 0.5, tf.tensor1d([3, 4], 'int32'), 2);
  const ones = tf.ones<tf.Rank.R4>([2, 4, 4, 8]);
  assert.deepEqual(
    await tf
      .grad((x) => drop(x as Tensor4D))(ones)
      .data(),
    await drop(ones).data(),
  );
});

for (const [title, graph] of [
  ['SqueezeNet with batch norm and bypass', graphOf({ ...TINY, batchNorm: true, bypass: 'complex' }, 16)],
  ['ShuffleNet', graphOf({ family: 'shufflenet-v1', groups: 2, scale: 0.1, stem: 'small' }, 16)],
  ['the layers of AlexNet, dropout among them', alexnetLike()],
] as const) {
  test(`${title}: the step along the gradient lowers the loss by what the gradient says`, async () => {
    const recipe = { ...DEFAULT_RECIPE, momentum: 0, weightDecay: 0, labelSmoothing: 0.1 };
    const program = createTrainingProgram(graph, recipe, engine.operations);
    const state = unevenState(program);
    const batch = { ...batchOf(graph, 32), learningRate: 1 };
    const lossAt = (parameters: Float32Array) => stepFrom(program, [parameters, ...state.slice(1)], batch);
    const start = state[0] ?? new Float32Array();
    const { parameters: after } = await lossAt(start);
    const gradient = start.map((value, i) => value - (after[i] ?? Number.NaN));
    const norm = Math.sqrt(dot(gradient, gradient));
    const epsilon = 2e-3 / norm;
    const towards = (sign: number) =>
      lossAt(start.map((value, i) => value + (sign * epsilon * (gradient[i] ?? 0)) / norm));
    const { loss: ahead } = await towards(1);
    const { loss: behind } = await towards(-1);
    const slope = (ahead - behind) / (2 * epsilon);
    // A change of 4e-3 in a loss that carries 1e-7, and the kinks of the ReLUs: 1 %.
    assert.ok(Math.abs(slope / norm - 1) < 1e-2, `slope ${slope}, gradient ${norm}`);
  });
}

async function stepFrom(
  program: ReturnType<typeof createTrainingProgram>,
  state: Float32Array[],
  batch: ReturnType<typeof batchOf>,
): Promise<{ loss: number; parameters: Float32Array }> {
  const { outputs, state: after } = tf.tidy(() => {
    const [height, width, channels] = program.graph.input;
    return program.step(
      {
        images: tf.tensor(batch.images, [batch.labels.length, height, width, channels]),
        labels: tf.tensor1d(batch.labels, 'int32'),
        learningRate: tf.scalar(batch.learningRate),
        dropoutSeed: tf.tensor1d([1, 2], 'int32'),
      },
      state.map((vector) => tf.tensor1d(vector)),
    );
  });
  const [loss = Number.NaN] = await outputs[0].data();
  const parameters = (await after[0]?.data<'float32'>()) ?? new Float32Array();
  tf.dispose([...outputs, ...after]);
  return { loss, parameters };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

const FORMULAS: readonly (readonly [
  title: string,
  apply: (o: Operations, x: Tensor4D) => Tensor,
  value: (x: number) => number,
  slope: (x: number) => number,
])[] = [
  ['affine', (o, x) => o.affine(x, -2, 3), (x) => 3 - 2 * x, () => -2],
  [
    'clip',
    (o, x) => o.clip(x, -0.5, 1),
    (x) => Math.min(1, Math.max(-0.5, x)),
    (x) => Number(x > -0.5 && x < 1),
  ],
  [
    'sigmoid',
    (o, x) => o.sigmoid(x),
    (x) => 1 / (1 + Math.exp(-x)),
    (x) => Math.exp(-x) / (1 + Math.exp(-x)) ** 2,
  ],
  ['multiply', (o, x) => o.multiply(x, x), (x) => x * x, (x) => 2 * x],
];

for (const [title, apply, value, slope] of FORMULAS) {
  test(`${title} has the values and gradients of its formula`, async () => {
    const values = [-3, -0.6, -0.4, 0.1, 0.9, 1.1, 2.5, 4];
    const x = tf.tensor4d(values, [1, 2, 2, 2]);
    const found = await apply(engine.operations, x).data();
    const gradient = await tf
      .grad((each) => tf.sum(apply(engine.operations, each as Tensor4D)))(x)
      .data();
    for (const [place, at] of values.entries()) {
      assert.ok(Math.abs((found[place] ?? NaN) - value(at)) < 1e-5, `value at ${at}`);
      assert.ok(Math.abs((gradient[place] ?? NaN) - slope(at)) < 1e-5, `slope at ${at}`);
    }
  });
}
