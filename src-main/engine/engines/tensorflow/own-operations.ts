import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { BATCH_NORM } from '../../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { Padding } from '../../../../src-shared/networks/layer.ts';
import type { BatchNormWeights, Operations } from '../../operations.ts';
import { isPointwise } from '../../pointwise.ts';
import { attributesOf } from './attributes.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { OpAttribute } from './binding.ts';

export const OWN_OPERATIONS = [
  'batchNormTraining',
  'depthwise',
  'shuffleChannels',
  'convolution',
] as const satisfies (keyof Operations)[];
export type OwnOperation = (typeof OWN_OPERATIONS)[number];

/** Weights of a 1x1 kernel up to which our product is faster than oneDNN's, whose gradients of narrow matrices are slow. */
const NARROW_KERNEL = 8192;

/** Channels from which on fewer multiplications outweigh the transforms of a tile. */
const LEAST_CHANNELS = 8;

/**
 * Height and width from which on 3x3 convolutions are ours. On a smaller map a tap of the kernel sees a few pixels of an image
 * only, often all zero after a ReLU: the gradient is then exactly zero, of which the transforms of a tile leave a rounding
 * error, and Adam makes a whole step of any gradient, however small (src-native/README.md).
 */
const LEAST_EXTENT = 4;

/**
 * The operations that Kindling has kernels of its own for (src-native), with their gradients.
 *
 * @param theirs serve what there is no kernel for
 */
export function ownOperations(
  backend: TensorFlowBackend,
  theirs: Operations,
): Pick<Operations, OwnOperation> {
  const { real, flag, integer } = attributesOf(backend.binding);

  function batchNormTraining(x: Tensor4D, weights: BatchNormWeights, relu: boolean) {
    const { gamma, beta, movingMean, movingVariance } = weights;
    const attributes = [real('epsilon', BATCH_NORM.epsilon), flag('relu', relu)];
    const moved: { mean?: Tensor1D; variance?: Tensor1D } = {};
    const normalize = tf.customGrad((...given) => {
      const [input, scale, offset, save] = given as [Tensor, Tensor, Tensor, tf.GradSaveFunc];
      const [y, movedMean, movedVariance, mean, variance] = backend.executeMultipleOutputs(
        'KindlingBatchNorm',
        [...attributes, real('momentum', BATCH_NORM.momentum)],
        [input, scale, offset, movingMean, movingVariance],
        5,
      );
      if (!y || !movedMean || !movedVariance || !mean || !variance) throw new Error('KindlingBatchNorm');
      moved.mean = tf.keep(movedMean as Tensor1D);
      moved.variance = tf.keep(movedVariance as Tensor1D);
      save([input, scale, offset, mean, variance]);
      return {
        value: y,
        gradFunc: (dy, saved) =>
          backend.executeMultipleOutputs('KindlingBatchNormGrad', attributes, [dy, ...saved], 3),
      };
    });
    const output = normalize(x, gamma, beta) as Tensor4D;
    if (!moved.mean || !moved.variance) throw new Error('KindlingBatchNorm gave no statistics');
    return { output, movingMean: moved.mean, movingVariance: moved.variance };
  }

  function depthwise(x: Tensor4D, kernel: Tensor4D, stride: number, padding: Padding): Tensor4D {
    const window = windowOf(stride, padding);
    const convolve = tf.customGrad((...given) => {
      const [input, weights, save] = given as [Tensor, Tensor, tf.GradSaveFunc];
      save([input, weights]);
      return {
        value: backend.executeSingleOutput('KindlingDepthwise', window, [input, weights]),
        gradFunc: (dy, saved) =>
          backend.executeMultipleOutputs('KindlingDepthwiseGrad', window, [dy, ...saved], 2),
      };
    });
    return convolve(x, kernel) as Tensor4D;
  }

  function windowOf(stride: number, padding: Padding): OpAttribute[] {
    const sides = Object.entries(padding).map(([side, pixels]: [string, number]) => integer(side, pixels));
    return [integer('stride', stride), ...sides];
  }

  /** Groups of channels, [groups, channels / groups], to [channels / groups, groups]. */
  function shuffleChannels(x: Tensor4D, groups: number): Tensor4D {
    const inGroup = x.shape[3] / groups;
    const swapped = (input: Tensor, first: number, second: number): Tensor =>
      backend.executeSingleOutput(
        'KindlingSwap',
        [integer('first', first), integer('second', second)],
        [input],
      );
    const shuffle = tf.customGrad((input) => ({
      value: swapped(input as Tensor, groups, inGroup),
      gradFunc: (dy) => swapped(dy, inGroup, groups),
    }));
    return shuffle(x) as Tensor4D;
  }

  function pointwise(x: Tensor4D, kernel: Tensor4D, groups: number): Tensor4D {
    const attributes = [integer('groups', groups)];
    const convolve = tf.customGrad((...given) => {
      const [input, weights, save] = given as [Tensor, Tensor, tf.GradSaveFunc];
      save([input, weights]);
      return {
        value: backend.executeSingleOutput('KindlingPointwise', attributes, [input, weights]),
        gradFunc: (dy, saved) =>
          backend.executeMultipleOutputs('KindlingPointwiseGrad', attributes, [dy, ...saved], 2),
      };
    });
    return convolve(x, kernel) as Tensor4D;
  }

  /** Of 3x3 kernels at a stride of one. */
  function winograd(x: Tensor4D, kernel: Tensor4D, padding: Padding): Tensor4D {
    const window = windowOf(1, padding);
    const convolve = tf.customGrad((...given) => {
      const [input, weights, save] = given as [Tensor, Tensor, tf.GradSaveFunc];
      save([input, weights]);
      const bias = tf.zeros([kernel.shape[3]]);
      return {
        value: backend.executeSingleOutput(
          'KindlingWinograd',
          [...window, flag('relu', false)],
          [input, weights, bias],
        ),
        gradFunc: (dy, saved) =>
          backend.executeMultipleOutputs('KindlingWinogradGrad', window, [dy, ...saved], 2),
      };
    });
    return convolve(x, kernel) as Tensor4D;
  }

  return {
    batchNormTraining,
    depthwise,
    shuffleChannels,
    convolution(x, kernel, stride, padding, groups) {
      if ((groups > 1 || kernel.size <= NARROW_KERNEL) && isPointwise(kernel, stride, padding))
        return pointwise(x, kernel, groups);
      if (groups === 1 && isForWinograd(x, kernel, stride, padding)) return winograd(x, kernel, padding);
      return theirs.convolution(x, kernel, stride, padding, groups);
    },
  };
}

function isForWinograd(x: Tensor4D, kernel: Tensor4D, stride: number, padding: Padding): boolean {
  const [height, width, channels] = kernel.shape;
  return (
    Math.min(x.shape[1], x.shape[2]) >= LEAST_EXTENT &&
    height === 3 &&
    width === 3 &&
    stride === 1 &&
    channels >= LEAST_CHANNELS &&
    Object.values(padding).every((pixels: number) => pixels <= 2)
  );
}
