import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { columnSums } from './column-sums.ts';
import { eachValue, groupsOf } from './each-value.ts';
import { positivePart, RELU_GRADIENT } from './relu.ts';
import type { RunKernel } from './run-kernel.ts';

/** As `Operations.biasAdd`. */
export function biasAdd(run: RunKernel, x: Tensor4D, bias: Tensor1D, relu: boolean): Tensor4D {
  const add = tf.customGrad((input, vector, save) => {
    const y = biased(run, input as Tensor, vector as Tensor, relu);
    // the bias tells where its gradient belongs
    (save as tf.GradSaveFunc)([vector as Tensor, ...(relu ? [y] : [])]);
    return {
      value: y,
      gradFunc: (dy, saved) => {
        const [added, output] = saved as [Tensor, Tensor?];
        const { sum, passed = dy } = biasGradient(run, dy, added, output ?? null);
        return [passed, sum];
      },
    };
  });
  return add(x, bias) as Tensor4D;
}

export function biased(run: RunKernel, x: Tensor, bias: Tensor, relu: boolean): Tensor {
  const { y } = run({
    name: 'bias',
    code: eachValue(`
  let value = x[i] + bias[i % u.width];
  y[i] = ${relu ? positivePart('value') : 'value'};`),
    inputs: { x, bias },
    outputs: { y: x.shape },
    sizes: { count: x.size, width: bias.size },
    workgroups: groupsOf(x.size),
  });
  return y;
}

/**
 * What of the gradient `dy` passes a ReLU, where there is one, and its sums, the gradient of the bias.
 * @param y output of the ReLU; null: none
 */
export function biasGradient(
  run: RunKernel,
  dy: Tensor,
  bias: Tensor,
  y: Tensor | null,
): { readonly sum: Tensor; readonly passed?: Tensor } {
  const like = { sum: bias };
  if (y === null)
    return columnSums(run, { name: 'bias, gradient', rows: { dy }, sums: { sum: 'dy[i]' }, like });
  return columnSums(run, {
    ...{ name: 'bias and ReLU, gradient', rows: { dy, y }, made: ['passed'], like },
    before: `let through = ${RELU_GRADIENT}; passed[i] = through;`,
    sums: { sum: 'through' },
  });
}
