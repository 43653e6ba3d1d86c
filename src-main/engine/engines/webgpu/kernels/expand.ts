import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Operations } from '../../../operations.ts';
import { biased, biasGradient } from './bias.ts';
import { type Beside, convolve, imageGradient, kernelGradient, type Window } from './convolution.ts';
import type { RunKernel } from './run-kernel.ts';

type Convolutions = Parameters<NonNullable<Operations['convolveBeside']>>[1];

/** A convolution with the channels of its outputs among those of all. */
interface Part {
  readonly window: Window;
  readonly beside: Beside;
}

/**
 * As `Operations.convolveBeside`, with a bias: each writes its channels of one tensor, and reads those of the gradient where they are. A batch
 * norm has its weights for each convolution, which would have to be copied together.
 */
export function convolveBeside(
  run: RunKernel,
  x: Tensor4D,
  convolutions: Convolutions,
  bias: Tensor1D | null,
): Tensor4D | null {
  if (bias === null) return null;
  const parts = partsOf(convolutions);
  const expand = tf.customGrad((...given) => {
    const [input, added, ...others] = given as [Tensor4D, Tensor1D, ...Tensor4D[]];
    const kernels = others.slice(0, parts.length);
    const save = given.at(-1) as tf.GradSaveFunc;
    const sums = each(kernels, (w, { window, beside }, before) =>
      convolve(run, input, w, window, beside, before),
    );
    const y = biased(run, sums, added, true);
    save([input, added, y, ...kernels]);
    return { value: y, gradFunc: (dy, saved) => gradients(dy, saved) };
  });

  /** Of the input, the bias and the kernels. */
  function gradients(dy: Tensor, saved: readonly Tensor[]): Tensor[] {
    const [input, added, y, ...kernels] = saved as [Tensor4D, Tensor1D, Tensor4D, ...Tensor4D[]];
    const { sum, passed = dy } = biasGradient(run, dy, added, y);
    const through = passed as Tensor4D;
    const dx = each(kernels, (w, { window, beside }, before) =>
      imageGradient(run, through, input, w, window, beside, before),
    );
    const ofKernels = parts.map(({ window, beside }, index) =>
      kernelGradient(run, through, input, kernels[index] as Tensor4D, window, beside),
    );
    return [dx, sum, ...ofKernels];
  }

  /** One after another, each with what those before it made. */
  function each(
    kernels: readonly Tensor4D[],
    compute: (w: Tensor4D, part: Part, before: Tensor4D | null) => Tensor4D,
  ): Tensor4D {
    const made = parts.reduce<Tensor4D | null>(
      (before, part, index) => compute(kernels[index] as Tensor4D, part, before),
      null,
    );
    return made as Tensor4D;
  }

  return expand(x, bias, ...convolutions.map(({ kernel }) => kernel)) as Tensor4D;
}

function partsOf(convolutions: Convolutions): Part[] {
  const across = convolutions.reduce((sum, { kernel }) => sum + kernel.shape[3], 0);
  let before = 0;
  return convolutions.map(({ kernel, padding }) => {
    const part = { window: { ...padding, stride: 1, groups: 1 }, beside: { across, before } };
    before += kernel.shape[3];
    return part;
  });
}
