import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { BATCH_NORM } from '../../../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { BatchNormWeights } from '../../../operations.ts';
import { columnSums } from './column-sums.ts';
import { eachValue, groupsOf } from './each-value.ts';
import { positivePart, RELU_GRADIENT } from './relu.ts';
import type { RunKernel } from './run-kernel.ts';

const { epsilon, momentum } = BATCH_NORM;

interface Normalized {
  readonly output: Tensor4D;
  readonly movingMean: Tensor1D;
  readonly movingVariance: Tensor1D;
}

/** As `Operations.batchNormTraining`: the ReLU is part of it, and of its gradient. */
export function batchNormTraining(
  run: RunKernel,
  x: Tensor4D,
  { gamma, beta, movingMean, movingVariance }: BatchNormWeights,
  relu: boolean,
): Normalized {
  const { mean, variance, newMean, newVariance } = statisticsOf(run, x, { movingMean, movingVariance });
  const normalize = tf.customGrad((input, scale, shift, save) => {
    const y = normalized(
      run,
      input as Tensor,
      { mean, variance, gamma: scale as Tensor, beta: shift as Tensor },
      relu,
    );
    (save as tf.GradSaveFunc)([
      ...([input, scale, shift] as Tensor[]),
      ...[mean, variance, ...(relu ? [y] : [])],
    ]);
    return { value: y, gradFunc: (dy, saved) => gradients(run, dy, saved) };
  });
  return {
    output: normalize(x, gamma, beta) as Tensor4D,
    movingMean: tf.keep(newMean as Tensor1D),
    movingVariance: tf.keep(newVariance as Tensor1D),
  };
}

/** Mean and variance of each channel over the batch, in two passes, so that large means cost no digits; and the moving ones with them. */
function statisticsOf(
  run: RunKernel,
  x: Tensor,
  { movingMean, movingVariance }: Pick<BatchNormWeights, 'movingMean' | 'movingVariance'>,
): Record<'mean' | 'variance' | 'newMean' | 'newVariance', Tensor> {
  const shape = movingMean.shape;
  const rows = x.size / movingMean.size;
  const scale = 1 / rows;
  const first = { name: 'batch norm, mean', rows: { x }, sums: { mean: 'x[i]' }, scale };
  const { mean } = columnSums(run, first);
  const found = columnSums(run, {
    ...{ name: 'batch norm, variance', rows: { x }, columns: { mean }, scale },
    before: 'let apart = x[i] - mean[c];',
    sums: { variance: 'apart * apart' },
    after: {
      code: `
  newMean[c] = oldMean[c] * u.momentum + mean[c] * (1.0 - u.momentum);
  newVariance[c] = oldVariance[c] * u.momentum + variance[c] * u.unbiased * (1.0 - u.momentum);`,
      inputs: { oldMean: movingMean, oldVariance: movingVariance, mean },
      outputs: { newMean: { shape, like: movingMean }, newVariance: { shape, like: movingVariance } },
      numbers: { momentum, unbiased: rows / Math.max(1, rows - 1) },
    },
  });
  return { ...found, mean };
}

/** As `Operations.batchNormInference`; nothing asks for its gradient. */
export function batchNormInference(
  run: RunKernel,
  x: Tensor4D,
  { gamma, beta, movingMean: mean, movingVariance: variance }: BatchNormWeights,
  relu: boolean,
): Tensor4D {
  return normalized(run, x, { mean, variance, gamma, beta }, relu) as Tensor4D;
}

function normalized(
  run: RunKernel,
  x: Tensor,
  columns: Readonly<Record<'mean' | 'variance' | 'gamma' | 'beta', Tensor>>,
  relu: boolean,
): Tensor {
  const { y } = run({
    name: 'batch norm',
    code: eachValue(`
  let c = i % u.width;
  let value = (x[i] - mean[c]) * inverseSqrt(variance[c] + u.epsilon) * gamma[c] + beta[c];
  y[i] = ${relu ? positivePart('value') : 'value'};`),
    inputs: { x, ...columns },
    outputs: { y: x.shape },
    sizes: { count: x.size, width: columns.gamma.size },
    numbers: { epsilon },
    workgroups: groupsOf(x.size),
  });
  return y;
}

/** Of x, gamma and beta. @param saved x, gamma, beta, mean, variance, and with a ReLU the output */
function gradients(run: RunKernel, dy: Tensor, saved: readonly Tensor[]): Tensor[] {
  const [x, gamma, beta, mean, variance, y] = saved;
  if (!x || !gamma || !beta || !mean || !variance) throw new Error('batch norm saved nothing');
  const passed = y === undefined ? 'dy[i]' : RELU_GRADIENT;
  const before = `
  let passed = ${passed};
  let unit = (x[i] - mean[c]) * inverseSqrt(variance[c] + ${epsilon});`;
  const rows = { dy, x, ...(y && { y }) };
  const { dBeta, dGamma } = columnSums(run, {
    ...{ name: 'batch norm, gradient of gamma and beta', rows, columns: { mean, variance }, before },
    sums: { dBeta: 'passed', dGamma: 'passed * unit' },
    like: { dBeta: beta, dGamma: gamma },
  });
  const { dx } = run({
    name: 'batch norm, gradient',
    code: eachValue(`
  let c = i % u.width;${before}
  let average = (dBeta[c] + unit * dGamma[c]) * u.share;
  dx[i] = gamma[c] * inverseSqrt(variance[c] + ${epsilon}) * (passed - average);`),
    inputs: { ...rows, mean, variance, gamma, dBeta, dGamma },
    outputs: { dx: x.shape },
    sizes: { count: x.size, width: gamma.size },
    numbers: { share: gamma.size / x.size },
    workgroups: groupsOf(x.size),
  });
  return [dx, dGamma, dBeta];
}
