import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { alone } from '../../../../src-main/engine/alone.ts';
import { compileProgram } from '../../../../src-main/engine/compile-program.ts';
import { composedOperations } from '../../../../src-main/engine/composed-operations.ts';
import { EagerTraining } from '../../../../src-main/engine/eager-training.ts';
import type { Engine, EngineWithImages } from '../../../../src-main/engine/engine.ts';
import {
  kernelRunner,
  type RunKernel,
} from '../../../../src-main/engine/engines/webgpu/kernels/run-kernel.ts';
import { elementwise } from '../../../../src-main/engine/engines/webgpu/kernels/update.ts';
import { Pieces } from '../../../../src-main/engine/engines/webgpu/pieces.ts';
import { ProgramTimes } from '../../../../src-main/engine/engines/webgpu/program-times.ts';
import { type RecordedCall, Recorder } from '../../../../src-main/engine/engines/webgpu/recorder.ts';
import { Replay } from '../../../../src-main/engine/engines/webgpu/replay.ts';
import { stepValues } from '../../../../src-main/engine/program-values.ts';
import type { Elementwise } from '../../../../src-main/engine/operations.ts';
import { engineKindNamed } from '../../../../src-main/engine/engines/registry.ts';
import {
  type EngineInstallation,
  listEngines,
} from '../../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../../src-main/engine/open-engine.ts';
import { GuardedTraining } from '../../../../src-main/engine/guarded-training.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { VARIATION_NUMBERS } from '../../../../src-shared/training/image-bytes.ts';
import { NO_PADDING } from '../../../../src-shared/networks/window.ts';
import { engineSuite } from '../engine-suite.ts';
import { assertClose, batchOf, graphOf, TINY, unevenState } from '../networks.ts';

// For on-a-software-device.test.ts: in a process that has one from its start. Both engines are opened here, one after the other.

const STEPS = 20;
const BATCH = 8;

/** SqueezeNet with batch norm. */
const graph = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16);

async function compiled(engine: Engine) {
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations);
  const training = alone(await compileProgram(engine, program, { training: BATCH, evaluation: BATCH }));
  await training.writeState(unevenState(program));
  return { training, program };
}

async function losses(engine: Engine): Promise<number[]> {
  const { training } = await compiled(engine);
  const found: number[] = [];
  for (let step = 0; step < STEPS; step++)
    found.push((await training.step(batchOf(graph, BATCH, step, 0.01))).loss);
  training.close();
  return found;
}

const tensorflow = listEngines(kindlingHome()).find(({ engine }) => engine === 'tensorflow');
const expected = tensorflow ? await losses(await openEngine(tensorflow)) : null;
const webgpu = (await engineKindNamed('webgpu').open({
  ...{ name: 'webgpu', version: '0.6' },
} as EngineInstallation)) as EngineWithImages;

test(
  `the losses of ${STEPS} steps are TensorFlow's`,
  { skip: expected === null && 'TensorFlow is not installed' },
  async () => {
    // seen: 2e-6
    assertClose(await losses(webgpu), expected ?? [], 1e-4, 'losses');
  },
);

test('what the device could not do is an error of the next result, eager or compiled, and of no other', async () => {
  const { device } = tf.backend() as unknown as Pick<WebGPUBackend, 'device'>;
  const refused = { message: /^The GPU could not do what it was told: .*usage/s };
  const fail = (): void => void device.createBuffer({ size: 4, usage: 0 });
  const eager = async () => [...(await tf.add(1, 1).data())];
  fail();
  await assert.rejects(eager(), refused);
  assert.deepEqual(await eager(), [2]);
  const { training, program } = await compiled(webgpu);
  const step = () => training.step(batchOf(graph, BATCH));
  const { loss } = await step();
  fail();
  await assert.rejects(step(), refused);
  await training.writeState(unevenState(program));
  assert.equal((await step()).loss, loss);
  training.close();
});

test('whoever waits for the device takes no core meanwhile', async () => {
  const product = async (): Promise<void> => {
    const big = tf.ones([256, 256]);
    await tf.tidy(() => tf.max(tf.matMul(tf.matMul(big, big), big))).data();
    big.dispose();
  };
  // the first compiles, in this thread
  await product();
  const before = performance.eventLoopUtilization();
  await product();
  // seen: 0.1; 1 where Dawn asks all the time
  const { utilization } = performance.eventLoopUtilization(before);
  assert.ok(utilization < 0.6, `at work for ${utilization} of the time`);
});

test('a vector that is split and joined again is not copied, and each piece holds the memory of all', async () => {
  const backend = tf.backend() as unknown as WebGPUBackend;
  const held = () => backend.memory().numBytesInGPU;
  const before = held();
  const vector = tf.tidy(() => tf.mul<Tensor1D>(tf.range(0, 1000), 1));
  const [first, second, third] = tf.split(vector, [300, 500, 200]) as [Tensor1D, Tensor1D, Tensor1D];
  const cut = held();
  vector.dispose();
  // of a piece in turn, and by a program that knows nothing of pieces
  const [outer, inner] = tf.split(second, [100, 400]) as [Tensor1D, Tensor1D];
  const joined = tf.concat1d([first, second, third]);
  assert.equal(held(), cut);
  const more = tf.add(inner, 1);
  assert.deepEqual([...(await more.data())].slice(0, 2), [401, 402]);
  tf.dispose([first, second, third, outer, inner, more]);
  assert.equal((await joined.data())[999], 999);
  joined.dispose();
  assert.equal(held(), before);
});

test('the gradient of a vector has that of each piece in its place: of one that is used twice, or not at all, too', async () => {
  const { operations } = webgpu;
  const x = tf.fill<tf.Rank.R4>([1, 2, 2, 3], 2);
  const lossOf = (o: Engine['operations']) => (vector: Tensor1D) => {
    const [bias, unused, kernel, again] = tf.split(vector, [3, 4, 6, 3]) as [
      Tensor1D,
      Tensor1D,
      Tensor1D,
      Tensor1D,
    ];
    assert.equal(unused.size, 4);
    const biased = o.biasAdd(o.biasAdd(x, bias, false), bias, true);
    const filters = tf.reshape<tf.Rank.R4>(kernel, [1, 1, 3, 2]);
    const y = o.convolution(o.biasAdd(biased, again, false), filters, 1, NO_PADDING, 1);
    return tf.sum<Scalar>(tf.square(y));
  };
  const values = Float32Array.from({ length: 16 }, (_, index) => Math.sin(index + 1));
  const [found, expected] = await Promise.all(
    [operations, composedOperations].map((o) =>
      tf.valueAndGrad(lossOf(o))(tf.tensor1d(values)).grad.data<'float32'>(),
    ),
  );
  assertClose(found ?? [], expected ?? [0], 1e-5, 'gradient');
  assert.deepEqual([...(found ?? [])].slice(3, 7), [0, 0, 0, 0]);
});

test('a label smoothing of each image gives the loss and the gradient that it should', async () => {
  const operations = [webgpu.operations, composedOperations];
  const logits = tf.tensor2d(
    Array.from({ length: 15 }, (_, at) => Math.sin(3 * at)),
    [3, 5],
  );
  const [labels, smoothings] = [tf.tensor1d([2, 0, 4], 'int32'), tf.tensor1d([0, 0.1, 0.3])];
  const weights = tf.tensor1d([1, 2, 3]);
  const [found, expected] = await Promise.all(
    operations.map(async (o) => {
      const { value, grad } = tf.valueAndGrad((x: Tensor) =>
        tf.sum<Scalar>(tf.mul(weights, o.crossEntropy(x as Tensor2D, labels, smoothings))),
      )(logits);
      return [...(await value.data()), ...(await grad.data())];
    }),
  );
  assertClose(found ?? [], expected ?? [0], 1e-5, 'loss and gradient');
});

test('the gradient of labels that are smoothed each by its own number needs nothing that the loss has left behind', async () => {
  const logits = tf.tensor2d([0.3, -1, 2, 0.5, 0.1, -0.2], [2, 3]);
  const lossOf = (o: Engine['operations']) => (x: tf.Tensor) => {
    // made for the loss, and gone when it has been computed and the device has been given what follows
    const smoothing = tf.tile(tf.tensor1d([0.2]), [2]);
    const losses = o.crossEntropy(x as tf.Tensor2D, tf.tensor1d([2, 0], 'int32'), smoothing);
    return Array.from({ length: 80 })
      .reduce<Tensor1D>((y) => tf.mul(y, 0.99), losses)
      .sum();
  };
  const [found, expected] = await Promise.all(
    [webgpu.operations, composedOperations].map((o) => tf.grad(lossOf(o))(logits).data<'float32'>()),
  );
  assertClose(found ?? [], expected ?? [0], 1e-5, 'gradient');
});

test('an update that needs more buffers than the device gives a program joins its scalars, then is computed in several', async () => {
  const backend = tf.backend() as unknown as WebGPUBackend;
  const run = kernelRunner(backend, new Pieces(backend));
  // as AdamW of networks that have rates and decays of their own
  const names = ['parameters', 'gradient', 'decay', 'first', 'second', 'rate'] as const;
  const drawn = names.map((_, row) => Array.from({ length: 300 }, (_, at) => 2 + Math.sin(at * (row + 1))));
  const vectors = Object.fromEntries(
    names.map((name, row) => [name, tf.tensor1d(drawn[row] ?? [])]),
  ) as Record<(typeof names)[number], Tensor1D>;
  const scalars = { one: tf.scalar(0.7), other: tf.scalar(0.9) };
  const compute: Elementwise<(typeof names)[number], 'one' | 'other'> = (a, v, { one, other }) => {
    const first = a.add(a.mul(v.first, 0.9), a.mul(v.gradient, 0.1));
    const second = a.add(a.mul(v.second, 0.99), a.mul(a.square(v.gradient), 0.01));
    const direction = a.add(
      a.div(a.div(first, one), a.sqrt(a.div(second, other))),
      a.mul(v.decay, v.parameters),
    );
    return [a.sub(v.parameters, a.mul(v.rate, direction)), first, second];
  };
  const read = (results: readonly Tensor1D[]) => Promise.all(results.map((each) => each.data<'float32'>()));
  const expected = await read(composedOperations.elementwise(vectors, scalars, compute));
  for (const [most, programs] of [
    [10, 1],
    [9, 3],
    [8, 3],
  ] as const) {
    if (most > backend.device.limits.maxStorageBuffersPerShaderStage) continue;
    const buffers: number[] = [];
    const counting: RunKernel = (kernel) => {
      buffers.push(Object.keys(kernel.inputs).length + Object.keys(kernel.outputs).length);
      return run(kernel);
    };
    const found = await read(elementwise(counting, most, vectors, scalars, compute));
    assert.equal(buffers.length, programs);
    assert.ok(Math.max(...buffers) <= most, buffers.join());
    for (const [place, values] of expected.entries())
      assertClose(found[place] ?? [], values, 1e-5, `result ${place}`);
  }
});

test('a step copies neither weights, nor gradients, nor statistics; its programs are counted where nothing times them', async () => {
  const recorder = new Recorder(tf.backend() as unknown as WebGPUBackend);
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, webgpu.operations);
  const eager = new EagerTraining(program, { training: BATCH, evaluation: BATCH });
  await eager.writeState([unevenState(program)]);
  let programs = 0;
  const calls = new Map<string, RecordedCall>();
  const batch = batchOf(graph, BATCH);
  await eager.step([batch], (call) => {
    const { result, recorded } = recorder.record(call);
    calls.set(call.name, recorded);
    programs = recorded.dispatches.length;
    return result;
  });
  const inputs = stepValues([batch], program);
  // 577 where they are copied
  assert.equal(programs, 316);
  eager.close();
  // a device that was not opened to be timed tells no times: its programs are counted
  const { device } = tf.backend() as unknown as WebGPUBackend;
  const times = new ProgramTimes(device);
  const replay = new Replay({ device, requireSound: () => undefined }, recorder, calls, {
    ...{ images: null, times },
  });
  times.begin();
  await replay.call('step', inputs);
  const counted = await times.end();
  await replay.call('step', inputs);
  assert.equal(counted.length, 1);
  assert.equal(counted[0]?.length, programs);
  assert.ok(counted[0]?.every(({ kind, time }) => kind !== '' && time === null));
  assert.equal(counted[0]?.filter(({ kind }) => kind === 'cross-entropy').length, 1);
  replay.close();
});

test('a compiled call finds the images of each memory where they lie, and refuses those that are not there; one of several steps tells what the device could not do', async () => {
  const { imagesOnDevice: images } = webgpu;
  const sizes = { training: 2, evaluation: 2 };
  const [height, width, channels] = graph.input;
  const size = height * width * channels;
  const table = Float32Array.from({ length: channels * 256 }, (_, place) => (place % 256) / 99 - 1);
  const drawn = [5, 3].map((count) => Uint8Array.from({ length: count * size }, (_, at) => (at * at) % 251));
  const memories = drawn.map((bytes) => images.hold(bytes));
  const batch = (of: number, ...places: number[]) => ({
    images: {
      ...{ memory: Int32Array.of(memories[of]?.number ?? 0), places: Int32Array.from(places) },
      ...{ variations: new Int32Array(places.length * VARIATION_NUMBERS), table },
    },
    labels: Int32Array.from(places, (place) => place % graph.classes),
  });
  const values = (of: number, ...places: number[]) =>
    Float32Array.from(
      places.flatMap((place) => [...(drawn[of]?.subarray(place * size, (place + 1) * size) ?? [])]),
      (byte, at) => table[(at % channels) * 256 + byte] ?? 0,
    );
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, webgpu.operations, images);
  const threeSteps = { ...webgpu, recorder: webgpu.recorderOf(3) };
  const training = alone(new GuardedTraining(threeSteps, program, sizes));
  const byValues = alone(
    new EagerTraining(createTrainingProgram(graph, DEFAULT_RECIPE, webgpu.operations), sizes),
  );
  await training.writeState(unevenState(program));
  await training.step({ ...batch(0, 4, 1), learningRate: 0.01, step: 0, seed: 0 });
  await byValues.writeState(await training.readState());
  for (const [of, ...places] of [
    [0, 2, 3],
    [1, 2, 0],
    [0, 2, 3],
  ] as const) {
    const found = await training.evaluate({ ...batch(of, ...places), count: 2 });
    const expected = await byValues.evaluate({
      ...{ ...batch(of, ...places), images: values(of, ...places) },
      count: 2,
    });
    assert.deepEqual(found, expected, `memory ${of}`);
  }
  const refused = (of: number, place: number, message: RegExp) =>
    assert.rejects(training.evaluate({ ...batch(of, place, 0), count: 2 }), message);
  await refused(1, 3, /there is no image 3 of 3/);
  await refused(1, -1, /there is no image -1 of 3/);
  const steps = () =>
    training.several?.steps(
      [0, 1, 2].map((step) => ({ ...batch(0, step, 4), learningRate: 0.01, step, seed: 0 })),
    );
  const { device } = tf.backend() as unknown as Pick<WebGPUBackend, 'device'>;
  device.createBuffer({ size: 4, usage: 0 });
  await assert.rejects(steps() ?? Promise.resolve(), /^Error: The GPU could not do what it was told/);
  await training.writeState(unevenState(program));
  assert.equal((await steps())?.length, 3);
  for (const memory of memories) memory.letGo();
  await refused(1, 0, /memory \d+ is not held/);
  training.close();
  byValues.close();
});

engineSuite(webgpu);
