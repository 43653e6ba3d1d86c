import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { eachValue, groupsOf } from './each-value.ts';
import type { RunKernel } from './run-kernel.ts';

/** The target of a class: each has its share of the smoothing, and the true one the rest besides. */
function targetOf(share: string, rest: string): string {
  return `select(${share}, ${share} + ${rest}, c == label)`;
}

/** As `Operations.crossEntropy`: the logarithm of the sum of exponentials is taken from the highest logit on. */
export function crossEntropy(
  run: RunKernel,
  logits: Tensor2D,
  labels: Tensor1D,
  smoothing: number | Tensor1D,
): Tensor1D {
  const [images, classes] = logits.shape;
  const isOfEach = typeof smoothing !== 'number';
  const numbers = isOfEach ? { share: 1 / classes } : { share: smoothing / classes, rest: 1 - smoothing };
  const targetIn = (image: string): string =>
    isOfEach
      ? targetOf(`smoothings[${image}] * u.share`, `(1.0 - smoothings[${image}])`)
      : targetOf('u.share', 'u.rest');
  const lossOf = tf.customGrad((given, save) => {
    const x = given as Tensor;
    const { loss, logSum } = run({
      name: 'cross-entropy',
      code: eachValue(`
  let label = u32(labels[i]);
  let first = i * u.classes;
  var highest = x[first];
  for (var c = 1u; c < u.classes; c++) { highest = max(highest, x[first + c]); }
  var sum = 0.0;
  for (var c = 0u; c < u.classes; c++) { sum += exp(x[first + c] - highest); }
  let whole = log(sum) + highest;
  var entropy = 0.0;
  for (var c = 0u; c < u.classes; c++) { entropy += ${targetIn('i')} * (whole - x[first + c]); }
  logSum[i] = whole;
  loss[i] = entropy;`),
      inputs: { x, labels, ...(isOfEach && { smoothings: smoothing }) },
      outputs: { loss: [images], logSum: [images] },
      sizes: { count: images, classes },
      numbers,
      workgroups: groupsOf(images),
    });
    // what is not saved may be gone when the gradient is computed
    (save as tf.GradSaveFunc)([x, labels, logSum, ...(isOfEach ? [smoothing] : [])]);
    return { value: loss, gradFunc: (dy, saved) => gradient(dy, saved) };
  });

  function gradient(dy: Tensor, saved: readonly Tensor[]): Tensor {
    const [x, truth, logSum, smoothings] = saved as [Tensor, Tensor, Tensor, Tensor?];
    const { dx } = run({
      name: 'cross-entropy, gradient',
      code: eachValue(`
  let image = i / u.classes;
  let c = i % u.classes;
  let label = u32(labels[image]);
  dx[i] = dy[image] * (exp(x[i] - logSum[image]) - ${targetIn('image')});`),
      inputs: { dy, x, labels: truth, logSum, ...(smoothings && { smoothings }) },
      outputs: { dx: x.shape },
      sizes: { count: x.size, classes },
      numbers,
      workgroups: groupsOf(x.size),
    });
    return dx;
  }

  return lossOf(logits) as Tensor1D;
}

/** As `Operations.classesBefore`. */
export function classesBefore(run: RunKernel, logits: Tensor2D, labels: Tensor1D): Tensor1D {
  const [images, classes] = logits.shape;
  const { before } = run({
    name: 'classes before the true one',
    code: eachValue(`
  let label = u32(labels[i]);
  let first = i * u.classes;
  let own = x[first + label];
  var after = 0u;
  for (var c = 0u; c < u.classes; c++) {
    let other = x[first + c];
    if (other < own || (other == own && c > label)) { after++; }
  }
  before[i] = f32(u.classes - 1u - after);`),
    inputs: { x: logits, labels },
    outputs: { before: [images] },
    sizes: { count: images, classes },
    workgroups: groupsOf(images),
  });
  return before as Tensor1D;
}
