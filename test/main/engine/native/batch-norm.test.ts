import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertNear,
  attributes,
  drawn,
  execute,
  FLOAT,
  kernels,
  type Values,
  withAnyThreads,
  withEachSet,
} from './own-ops.ts';

const EPSILON = 1e-5;
const MOMENTUM = 0.9;
const { real, flag, text } = attributes;

interface Inputs {
  readonly x: Values;
  readonly gamma: Values;
  readonly beta: Values;
  readonly dy: Values;
}

/** [n, h, w] with any number of channels: blocks of many rows, less than one group of rows, one row. */
const POSITIONS = [
  [16, 15, 15],
  [2, 3, 3],
  [1, 4, 5],
  [3, 1, 1],
  [1, 1, 1],
] as const;
const CHANNELS = [1, 3, 7, 16, 17, 33, 64, 150];

function inputsOf(shape: readonly number[], channels: number): Inputs {
  const name = `${shape.join('x')}x${channels}`;
  return {
    x: drawn([...shape, channels], `x ${name}`, [1, 2]),
    gamma: drawn([channels], `gamma ${name}`, [1, 0.3]),
    beta: drawn([channels], `beta ${name}`, [0, 0.5]),
    dy: drawn([...shape, channels], `dy ${name}`),
  };
}

function constant(channels: number, value: number): Values {
  return { shape: [channels], values: new Float32Array(channels).fill(value) };
}

function own({ x, gamma, beta, dy }: Inputs, relu: boolean): Values[] {
  const channels = gamma.values.length;
  const moving = [constant(channels, 2), constant(channels, 3)];
  const attrs = [real('epsilon', EPSILON), flag('relu', relu)];
  const forward = execute(
    'KindlingBatchNorm',
    [...attrs, real('momentum', MOMENTUM)],
    [x, gamma, beta, ...moving],
    5,
  );
  const [, , , mean, variance] = forward;
  assert.ok(mean !== undefined && variance !== undefined);
  const backward = execute('KindlingBatchNormGrad', attrs, [dy, x, gamma, beta, mean, variance], 3);
  return [...forward, ...backward];
}

function tensorFlows({ x, gamma, beta, dy }: Inputs, relu: boolean): Values[] {
  const channels = gamma.values.length;
  const attrs = [
    ...[FLOAT, { ...FLOAT, name: 'U' }, real('epsilon', EPSILON), text('data_format', 'NHWC')],
    flag('is_training', true),
  ];
  const inputs = [x, gamma, beta, constant(channels, 2), constant(channels, 3)];
  const factor = real('exponential_avg_factor', 1 - MOMENTUM);
  const [plain, movedMean, movedVariance, ...reserved] = execute(
    'FusedBatchNormV3',
    [...attrs, factor],
    inputs,
    6,
  );
  assert.ok(plain && movedMean && movedVariance);
  const [y] = relu ? execute('Relu', [FLOAT], [plain], 1) : [plain];
  const [dz] = relu ? execute('ReluGrad', [FLOAT], [dy, plain], 1) : [dy];
  assert.ok(y && dz);
  const [dx, dgamma, dbeta] = execute('FusedBatchNormGradV3', attrs, [dz, x, gamma, ...reserved], 5);
  assert.ok(dx && dgamma && dbeta);
  return [y, movedMean, movedVariance, dx, dgamma, dbeta];
}

interface Channel {
  readonly y: Float64Array;
  readonly mean: number;
  readonly variance: number;
}

/** One channel in 64 bits, without a ReLU. */
function normalized64(x: Float64Array, gamma: number, beta: number): Channel {
  const mean = sum(x) / x.length;
  const variance = sum(x.map((value) => (value - mean) ** 2)) / x.length;
  const scale = gamma / Math.sqrt(variance + EPSILON);
  return { y: x.map((value) => (value - mean) * scale + beta), mean, variance };
}

/** The gradient of sum(dz * output) with respect to x, gamma and beta. */
function gradient64(dz: Float64Array, x: Float64Array, gamma: number) {
  const { mean, variance } = normalized64(x, 1, 0);
  const deviation = Math.sqrt(variance + EPSILON);
  const normal = x.map((value) => (value - mean) / deviation);
  const dbeta = sum(dz);
  const dgamma = sum(dz.map((value, i) => value * (normal[i] ?? NaN)));
  const dx = dz.map(
    (value, i) => (gamma / deviation) * (value - dbeta / x.length - ((normal[i] ?? NaN) * dgamma) / x.length),
  );
  return { dx, dgamma, dbeta };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function channelOf({ values }: Values, channel: number, channels: number): Float64Array {
  const own = new Float64Array(values.length / channels);
  for (let row = 0; row < own.length; row++) own[row] = values[row * channels + channel] ?? NaN;
  return own;
}

/** Values by channel to values in the tensor's order. */
function interleaved(channels: readonly Float64Array[]): Float64Array {
  const rows = channels[0]?.length ?? 0;
  const all = new Float64Array(rows * channels.length);
  for (const [channel, values] of channels.entries())
    for (let row = 0; row < rows; row++) all[row * channels.length + channel] = values[row] ?? NaN;
  return all;
}

test('the reference in 64 bits has the gradient that its differences say', () => {
  const [x, dz] = [0, 1].map((i) => channelOf(drawn([23], `difference ${i}`), 0, 1)) as [
    Float64Array,
    Float64Array,
  ];
  const product = (at: Float64Array, gamma: number, beta: number): number =>
    sum(normalized64(at, gamma, beta).y.map((value, i) => value * (dz[i] ?? NaN)));
  const { dx, dgamma, dbeta } = gradient64(dz, x, 1.3);
  const slope = (of: (step: number) => number): number => (of(1e-5) - of(-1e-5)) / 2e-5;
  assert.ok(Math.abs(slope((step) => product(x, 1.3 + step, 0.2)) - dgamma) < 1e-8);
  assert.ok(Math.abs(slope((step) => product(x, 1.3, 0.2 + step)) - dbeta) < 1e-8);
  for (const [place, expected] of dx.entries()) {
    const moved = (step: number): number => product(x.with(place, (x[place] ?? NaN) + step), 1.3, 0.2);
    assert.ok(Math.abs(slope(moved) - expected) < 1e-8, `${slope(moved)}, not ${expected}`);
  }
});

for (const relu of [false, true])
  for (const shape of POSITIONS)
    test(`batch norm${relu ? ' with ReLU' : ''} over ${shape.join(' x ')} positions, any number of channels`, () => {
      for (const channels of CHANNELS) {
        const inputs = inputsOf(shape, channels);
        const composed = tensorFlows(inputs, relu);
        withEachSet((set) => {
          const results = withAnyThreads(set, () => own(inputs, relu));
          checkAgainst64(results, inputs, relu, `${set}, ${channels} channels`);
          const [y, movedMean, movedVariance, , , dx, dgamma, dbeta] = results;
          for (const [index, found] of [y, movedMean, movedVariance, dx, dgamma, dbeta].entries()) {
            // with one row in all, every output is beta and every gradient zero, or what rounding leaves of it
            if (index >= 3 && shape.every((extent) => extent === 1)) continue;
            assertNear(
              found,
              composed[index]?.values ?? [],
              2e-5,
              `output ${index} beside TensorFlow's (${set})`,
            );
          }
        });
      }
    });

function checkAgainst64(
  results: Values[],
  { x, gamma, beta, dy }: Inputs,
  relu: boolean,
  what: string,
): void {
  const channels = gamma.values.length;
  const [y, movedMean, movedVariance, mean, variance, dx, dgamma, dbeta] = results;
  assert.ok(y !== undefined);
  const all = Array.from({ length: channels }, (_, c) => {
    const [values, found] = [x, y].map((each) => channelOf(each, c, channels)) as [
      Float64Array,
      Float64Array,
    ];
    const forward = normalized64(values, gamma.values[c] ?? NaN, beta.values[c] ?? NaN);
    // which elements pass is decided by the output in 32 bits
    const dz = channelOf(dy, c, channels).map((value, i) => (relu && !((found[i] ?? NaN) > 0) ? 0 : value));
    const rows = values.length;
    return {
      ...forward,
      y: relu ? forward.y.map((value) => Math.max(0, value)) : forward.y,
      movedMean: MOMENTUM * 2 + (1 - MOMENTUM) * forward.mean,
      movedVariance: MOMENTUM * 3 + ((1 - MOMENTUM) * forward.variance * rows) / Math.max(1, rows - 1),
      ...gradient64(dz, values, gamma.values[c] ?? NaN),
    };
  });
  const of = (name: 'mean' | 'variance' | 'movedMean' | 'movedVariance' | 'dgamma' | 'dbeta'): number[] =>
    all.map((channel) => channel[name]);
  assertNear(mean, of('mean'), 1e-7, `mean, ${what}`);
  assertNear(movedMean, of('movedMean'), 2e-7, `moved mean, ${what}`);
  assertNear(movedVariance, of('movedVariance'), 3e-7, `moved variance, ${what}`);
  const few = x.values.length / channels < 2;
  if (!few) assertNear(variance, of('variance'), 2e-6, `variance, ${what}`);
  assertNear(y, interleaved(all.map((channel) => channel.y)), 2e-6, `output, ${what}`);
  // a sum of so many numbers of either sign may itself be near zero
  const usual = Math.sqrt(dy.values.length);
  assertNear(dbeta, of('dbeta'), 1e-6, `gradient of beta, ${what}`, usual);
  if (few) return;
  assertNear(dgamma, of('dgamma'), 3e-6, `gradient of gamma, ${what}`, usual);
  assertNear(dx, interleaved(all.map((channel) => channel.dx)), 3e-6, `gradient of x, ${what}`);
}

/** By moving statistics that have nothing to do with x. */
function inference(name: string, inputs: Inputs, relu: boolean): Values {
  const { x, gamma, beta } = inputs;
  const given = [x, gamma, beta, ...movingOf(gamma)];
  const epsilon = real('epsilon', EPSILON);
  if (name !== 'FusedBatchNormV3') return single(execute(name, [epsilon, flag('relu', relu)], given, 1));
  const attrs = [FLOAT, { ...FLOAT, name: 'U' }, epsilon, text('data_format', 'NHWC')];
  const [plain] = execute(name, [...attrs, flag('is_training', false)], given, 6);
  assert.ok(plain);
  return relu ? single(execute('Relu', [FLOAT], [plain], 1)) : plain;
}

function movingOf(gamma: Values): [mean: Values, variance: Values] {
  const variance = gamma.values.map((_, channel) => 0.01 + (channel % 5));
  return [drawn(gamma.shape, 'moving mean', [1, 1]), { shape: gamma.shape, values: variance }];
}

function single([value]: readonly Values[]): Values {
  assert.ok(value);
  return value;
}

for (const relu of [false, true])
  test(`batch norm${relu ? ' with ReLU' : ''} in inference, any number of channels`, () => {
    for (const shape of POSITIONS)
      for (const channels of CHANNELS) {
        const inputs = inputsOf(shape, channels);
        const { x, gamma, beta } = inputs;
        const [mean, variance] = movingOf(gamma);
        const expected = x.values.map((value, i) => {
          const c = i % channels;
          const [scale = NaN, offset = NaN] = [gamma.values[c], beta.values[c]];
          const deviation = Math.sqrt((variance.values[c] ?? NaN) + EPSILON);
          const y = ((value - (mean.values[c] ?? NaN)) / deviation) * scale + offset;
          return relu ? Math.max(0, y) : y;
        });
        const theirs = inference('FusedBatchNormV3', inputs, relu);
        withEachSet((set) => {
          const [found] = withAnyThreads(set, () => [inference('KindlingBatchNormInference', inputs, relu)]);
          assertNear(found, [...expected], 2e-6, `${set}, ${channels} channels`);
          assertNear(found, theirs.values, 2e-6, `beside TensorFlow's (${set}, ${channels} channels)`);
        });
      }
  });

test('the variance of values far from zero is not lost', () => {
  const x = drawn([8, 12, 12, 17], 'far', [1000, 1]);
  const ones = constant(17, 1);
  withEachSet((set) => {
    const [, , , , variance] = own({ x, gamma: ones, beta: ones, dy: x }, true);
    const expected = ones.values.map((_, c) => normalized64(channelOf(x, c, 17), 1, 0).variance);
    assertNear(variance, expected, 2e-5, set);
  });
});

for (const odd of [NaN, Infinity, -Infinity])
  test(`${odd} in a channel spreads as in TensorFlow`, () => {
    const inputs = inputsOf([4, 5, 5], 17);
    inputs.x.values[40] = odd;
    for (const relu of [false, true]) {
      const composed = tensorFlows(inputs, relu);
      withEachSet(() => {
        const [y, movedMean, movedVariance, , , dx, dgamma, dbeta] = own(inputs, relu);
        for (const [index, found] of [y, movedMean, movedVariance, dx, dgamma, dbeta].entries()) {
          const expected = composed[index]?.values ?? new Float32Array();
          assert.deepEqual(found?.values.map(kindOf), expected.map(kindOf), `output ${index}, ReLU: ${relu}`);
        }
        const [found, expected] = ['KindlingBatchNormInference', 'FusedBatchNormV3'].map((name) =>
          inference(name, inputs, relu).values.map(kindOf),
        );
        assert.deepEqual(found, expected, `inference, ReLU: ${relu}`);
      });
    }
  });

/** 0 for a number, and else what it is instead. */
function kindOf(value: number): number {
  return Number.isFinite(value) ? 0 : value;
}

test('what does not belong together is refused', () => {
  const { x, gamma, dy } = inputsOf([2, 3, 3], 7);
  const beta = constant(6, 0);
  const refusal = /beta has 6 values for 7 channels/;
  assert.throws(() => own({ x, gamma, beta, dy }, true), refusal);
  assert.throws(() => inference('KindlingBatchNormInference', { x, gamma, beta, dy }, true), refusal);
});

test('an instruction set that is not there is not used', () => {
  assert.equal(kernels.use('avx1024', 2), false);
});
