import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { NO_PADDING } from '../../../../../src-shared/networks/window.ts';
import {
  convolve,
  convolveDepthwise,
  depthwiseImageGradient,
  depthwiseKernelGradient,
  imageGradient,
  kernelGradient,
  type Window,
} from './convolution.ts';
import type { RunKernel } from './run-kernel.ts';

type Forward = (run: RunKernel, x: Tensor4D, w: Tensor4D, window: Window) => Tensor4D;
type Gradient = (run: RunKernel, dy: Tensor4D, x: Tensor4D, w: Tensor4D, window: Window) => Tensor4D;

export type Convolve = (x: Tensor4D, w: Tensor4D, window: Window) => Tensor4D;

/**
 * A convolution as a kernel of TensorFlow.js, with a gradient for images and weights of which only those are computed that are asked for: that
 * of a network's own images is not.
 */
function registered(
  run: RunKernel,
  kernelName: string,
  forward: Forward,
  ofImages: Gradient,
  ofKernel: Gradient,
): Convolve {
  tf.registerKernel({
    ...{ kernelName, backendName: 'webgpu' },
    kernelFunc: ({ inputs, attrs }) => {
      const { x, w } = inputs as { x: Tensor4D; w: Tensor4D };
      return forward(run, x, w, attrs as unknown as Window);
    },
  });
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x', 'w'],
    gradFunc: (dy, saved, attrs) => {
      const [x, w] = saved as [Tensor4D, Tensor4D];
      const window = attrs as unknown as Window;
      return {
        x: () => ofImages(run, dy as Tensor4D, x, w, window),
        w: () => ofKernel(run, dy as Tensor4D, x, w, window),
      };
    },
  });
  return (x, w, window) => tf.engine().runKernel(kernelName, { x, w }, { ...window });
}

export function registerConvolution(run: RunKernel): Convolve {
  return registered(run, 'KindlingConvolution', convolve, imageGradient, kernelGradient);
}

export function registerDepthwise(run: RunKernel): Convolve {
  return registered(
    run,
    'KindlingDepthwise',
    convolveDepthwise,
    depthwiseImageGradient,
    depthwiseKernelGradient,
  );
}

/** As `Operations.dense`: a convolution at a single place, whose patch is all that there is. */
export function dense(convolveWith: Convolve, x: Tensor4D, kernel: Tensor2D): Tensor4D {
  const [inputs, units] = kernel.shape;
  const patches = tf.reshape<tf.Rank.R4>(x, [x.shape[0], 1, 1, inputs]);
  const filters = tf.reshape<tf.Rank.R4>(kernel, [1, 1, inputs, units]);
  return convolveWith(patches, filters, { ...NO_PADDING, stride: 1, groups: 1 });
}
