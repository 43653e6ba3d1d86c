import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { columnSums } from './column-sums.ts';
import { eachValue, groupsOf } from './each-value.ts';
import { positivePart, RELU_GRADIENT } from './relu.ts';
import type { RunKernel } from './run-kernel.ts';

/** As `Operations.biasAdd`. */
export function biasAdd(run: RunKernel, x: Tensor4D, bias: Tensor1D, relu: boolean): Tensor4D {
  const width = bias.size;
  const add = tf.customGrad((input, vector, save) => {
    const { y } = run({
      name: 'bias',
      code: eachValue(`
  let value = x[i] + bias[i % u.width];
  y[i] = ${relu ? positivePart('value') : 'value'};`),
      inputs: { x: input as Tensor, bias: vector as Tensor },
      outputs: { y: x.shape },
      sizes: { count: x.size, width },
      workgroups: groupsOf(x.size),
    });
    (save as tf.GradSaveFunc)(relu ? [y] : []);
    return { value: y, gradFunc: (dy, [output]) => gradients(dy, output ?? null) };
  });

  function gradients(dy: Tensor, y: Tensor | null): Tensor[] {
    const passed = y === null ? dy : reluGradient(run, dy, y);
    const sums = { sum: 'dy[i]' };
    const { sum } = columnSums(run, { name: 'bias, gradient', rows: { dy: passed }, sums });
    return [passed, sum];
  }

  return add(x, bias) as Tensor4D;
}

/** Of a ReLU, from its output. */
function reluGradient(run: RunKernel, dy: Tensor, y: Tensor): Tensor {
  const { dx } = run({
    name: 'ReLU, gradient',
    code: eachValue(`dx[i] = ${RELU_GRADIENT};`),
    inputs: { dy, y },
    outputs: { dx: dy.shape },
    sizes: { count: dy.size },
    workgroups: groupsOf(dy.size),
  });
  return dx;
}
