import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';

/** In WGSL the ReLU of a value that has a name. What is no number stays so, as with TensorFlow: `max` would make it 0, and hide that a run diverged. */
export function positivePart(value: string): string {
  return `select(${value}, 0.0, ${value} <= 0.0)`;
}

/** What passes of the gradient `dy[i]`, by the output `y[i]`. */
export const RELU_GRADIENT = 'select(0.0, dy[i], y[i] > 0.0)';

/** As `Operations.relu`. */
export function relu(run: RunKernel, x: Tensor4D): Tensor4D {
  const rectify = tf.customGrad((input, save) => {
    const { y } = run({
      name: 'ReLU',
      code: eachValue(`let value = x[i]; y[i] = ${positivePart('value')};`),
      inputs: { x: input as Tensor },
      outputs: { y: x.shape },
      sizes: { count: x.size },
      workgroups: groupsOf(x.size),
    });
    (save as tf.GradSaveFunc)([y]);
    return { value: y, gradFunc: (dy, [output]) => gradient(run, dy, output as Tensor) };
  });
  return rectify(x) as Tensor4D;
}

function gradient(run: RunKernel, dy: Tensor, y: Tensor): Tensor {
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
