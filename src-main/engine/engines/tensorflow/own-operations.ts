import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { BATCH_NORM } from '../../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { Padding } from '../../../../src-shared/networks/layer.ts';
import type { BatchNormWeights, Operations } from '../../operations.ts';
import { attributesOf } from './attributes.ts';
import type { TensorFlowBackend } from './backend.ts';

/** The operations that Kindling has kernels of its own for (src-native), with their gradients. */
export function ownOperations(
  backend: TensorFlowBackend,
): Pick<Operations, 'batchNormTraining' | 'depthwise'> {
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
    const window = [
      integer('stride', stride),
      ...Object.entries(padding).map(([side, pixels]: [string, number]) => integer(side, pixels)),
    ];
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

  return { batchNormTraining, depthwise };
}
