import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';

/** Each value's own number from the run's seed, the step and the layer, by the hash PCG (Jarzynski and Olano, 2020). */
const CODE = `
fn hashed(v: u32) -> u32 {
  let state = v * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}
${eachValue(`
  let key = hashed(hashed(hashed(u.stream) + u32(seed[0])) + u32(seed[1]));
  let drawn = f32(hashed(hashed(i + key) ^ hashed(key)) >> 8u) / 16777216.0;
  y[i] = select(0.0, x[i] / (1.0 - u.rate), drawn >= u.rate);`)}`;

/** As `Operations.dropout`. The mask is drawn again for the gradient, so that it takes no memory. */
export function dropout(run: RunKernel, x: Tensor4D, rate: number, seed: Tensor1D, stream: number): Tensor4D {
  const masked = (values: Tensor, by: Tensor): Tensor => {
    const { y } = run({
      name: 'dropout',
      code: CODE,
      inputs: { x: values, seed: by },
      outputs: { y: values.shape },
      sizes: { count: values.size, stream },
      numbers: { rate },
      workgroups: groupsOf(values.size),
    });
    return y;
  };
  const drop = tf.customGrad((input, save) => {
    // what is not saved may be gone when the gradient is computed
    (save as tf.GradSaveFunc)([seed]);
    return {
      value: masked(input as Tensor, seed),
      gradFunc: (dy, [kept]) => masked(dy, kept as Tensor),
    };
  });
  return drop(x) as Tensor4D;
}
