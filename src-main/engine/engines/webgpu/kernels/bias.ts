import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { columnSums } from './column-sums.ts';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';

/** As `Operations.biasAdd`. */
export function biasAdd(run: RunKernel, x: Tensor4D, bias: Tensor1D, relu: boolean): Tensor4D {
  const width = bias.size;
  const add = tf.customGrad((input, vector, save) => {
    const { y } = run({
      name: 'bias',
      code: eachValue(
        relu ? 'y[i] = max(0.0, x[i] + bias[i % u.width]);' : 'y[i] = x[i] + bias[i % u.width];',
      ),
      inputs: { x: input as Tensor, bias: vector as Tensor },
      outputs: { y: x.shape },
      sizes: { count: x.size, width },
      workgroups: groupsOf(x.size),
    });
    (save as tf.GradSaveFunc)(relu ? [y] : []);
    return { value: y, gradFunc: (dy, [output]) => gradients(dy, output ?? null) };
  });

  function gradients(dy: Tensor, y: Tensor | null): Tensor[] {
    if (y === null) {
      const { sum } = columnSums(run, { name: 'bias, gradient', rows: { dy }, sums: { sum: 'dy[i]' } });
      return [dy, sum];
    }
    const passed = reluGradient(run, dy, y);
    const sums = { sum: 'dy[i]' };
    const { sum } = columnSums(run, { name: 'bias, gradient', rows: { dy: passed }, sums });
    return [passed, sum];
  }

  return add(x, bias) as Tensor4D;
}

/** Of a ReLU, from its output. */
export function reluGradient(run: RunKernel, dy: Tensor, y: Tensor): Tensor {
  const { dx } = run({
    name: 'ReLU, gradient',
    code: eachValue('dx[i] = select(0.0, dy[i], y[i] > 0.0);'),
    inputs: { dy, y },
    outputs: { dx: dy.shape },
    sizes: { count: dy.size },
    workgroups: groupsOf(dy.size),
  });
  return dx;
}
