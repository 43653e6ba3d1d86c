import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { BATCH_NORM } from '../../../../src-shared/networks/layers/parts/batch-norm.ts';
import { composedOperations, smoothedTarget } from '../../composed-operations.ts';
import type { BatchNormWeights, Operations } from '../../operations.ts';
import { groupedPointwiseConvolution, isPointwise, pointwiseConvolution } from '../../pointwise.ts';
import { attributesOf } from './attributes.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { OpAttribute } from './binding.ts';
import { groupsWay } from './gpu-choices.ts';
import { windowsOnGpu } from './windows-on-gpu.ts';

/**
 * TensorFlow's own kernels where TensorFlow.js composes: ReluGrad for the gradient of a ReLU (five ops),
 * BiasAdd and BiasAddGrad, FusedBatchNormV3 and FusedBatchNormGradV3 (some thirty ops),
 * SoftmaxCrossEntropyWithLogits, and random numbers drawn inside the graph for dropout.
 * They serve eager and recorded steps alike.
 */
export function tensorFlowOperations(backend: TensorFlowBackend): Operations {
  const { binding } = backend;
  const isOnGpu = binding.isUsingGpuDevice();
  const composed = isOnGpu ? { ...composedOperations, ...windowsOnGpu(backend) } : composedOperations;
  const { type, text, flag, real } = attributesOf(binding);
  const float = type('T', binding.TF_FLOAT);
  const layout = text('data_format', 'NHWC');

  const single = (name: string, attributes: OpAttribute[], inputs: Tensor[]) =>
    backend.executeSingleOutput(name, attributes, inputs);

  /**
   * On the CPU as a product with a row of ones: grappler would join BiasAddGrad with the filter's gradient into
   * one kernel of oneDNN's, which takes a fifth longer over a whole step than the two apart.
   */
  function biasGradient(dy: Tensor): Tensor {
    if (isOnGpu) return single('BiasAddGrad', [float, layout], [dy]);
    const channels = dy.shape.at(-1) ?? 1;
    const rows = tf.reshape(dy, [-1, channels]);
    return tf.reshape(tf.matMul(tf.ones([1, dy.size / channels]), rows), [channels]);
  }

  const biasAdd = tf.customGrad((x, bias) => ({
    value: single('BiasAdd', [float, layout], [x as Tensor, bias as Tensor]),
    gradFunc: (dy) => [dy, biasGradient(dy)],
  }));

  const rectify = tf.customGrad((x, save) => {
    const y = single('Relu', [float], [x as Tensor]);
    (save as tf.GradSaveFunc)([y]);
    return { value: y, gradFunc: (dy, saved) => single('ReluGrad', [float], [dy, first(saved)]) };
  });

  const relu = (x: Tensor4D): Tensor4D => rectify(x) as Tensor4D;

  function batchNormAttributes(training: boolean): OpAttribute[] {
    return [
      float,
      type('U', binding.TF_FLOAT),
      real('epsilon', BATCH_NORM.epsilon),
      layout,
      flag('is_training', training),
    ];
  }

  function batchNormTraining(x: Tensor4D, weights: BatchNormWeights, positive: boolean) {
    const { gamma, beta, movingMean, movingVariance } = weights;
    const moved: { mean?: Tensor1D; variance?: Tensor1D } = {};
    const normalize = tf.customGrad((input, scale, offset, save) => {
      const [y, mean, variance, reserve1, reserve2, reserve3] = backend.executeMultipleOutputs(
        'FusedBatchNormV3',
        [...batchNormAttributes(true), real('exponential_avg_factor', 1 - BATCH_NORM.momentum)],
        [input as Tensor, scale as Tensor, offset as Tensor, movingMean, movingVariance],
        6,
      );
      if (!y || !mean || !variance || !reserve1 || !reserve2 || !reserve3)
        throw new Error('FusedBatchNormV3');
      moved.mean = tf.keep(mean as Tensor1D);
      moved.variance = tf.keep(variance as Tensor1D);
      (save as tf.GradSaveFunc)([input as Tensor, scale as Tensor, reserve1, reserve2, reserve3]);
      return {
        value: y,
        gradFunc: (dy, saved) =>
          backend
            .executeMultipleOutputs('FusedBatchNormGradV3', batchNormAttributes(true), [dy, ...saved], 5)
            .slice(0, 3),
      };
    });
    const output = normalize(x, gamma, beta) as Tensor4D;
    if (!moved.mean || !moved.variance) throw new Error('FusedBatchNormV3 gave no statistics');
    return {
      output: positive ? relu(output) : output,
      movingMean: moved.mean,
      movingVariance: moved.variance,
    };
  }

  return {
    ...composed,
    convolution(x, kernel, stride, padding, groups) {
      const way = isOnGpu ? groupsWay(process.env) : 'products';
      if (isPointwise(kernel, stride, padding)) {
        if (groups > 1 && way !== 'convolutions') return groupedPointwiseConvolution(x, kernel, groups);
        if (!isOnGpu) return pointwiseConvolution(x, kernel);
      }
      const used = groups > 1 && way === 'apart' ? composedOperations : composed;
      return used.convolution.call(this, x, kernel, stride, padding, groups);
    },
    biasAdd(x, bias, positive) {
      const sum = biasAdd(x, bias) as Tensor4D;
      return positive ? relu(sum) : sum;
    },
    relu,
    batchNormTraining,
    batchNormInference(x, { gamma, beta, movingMean, movingVariance }, positive) {
      const inputs = [x, gamma, beta, movingMean, movingVariance];
      const output = first(
        backend.executeMultipleOutputs('FusedBatchNormV3', batchNormAttributes(false), inputs, 6),
      ) as Tensor4D;
      return positive ? relu(output) : output;
    },
    dropout(x, rate, seed, stream) {
      const drop = tf.customGrad((input, save) => {
        const key = tf.add(seed, tf.tensor1d([stream, 0], 'int32'));
        const shape = tf.tensor1d((input as Tensor).shape, 'int32');
        const uniform = single(
          'StatelessRandomUniform',
          [type('T', binding.TF_INT32), type('dtype', binding.TF_FLOAT), type('Tseed', binding.TF_INT32)],
          [shape, key],
        );
        const scale = tf.div(tf.cast(tf.greaterEqual(uniform, rate), 'float32'), 1 - rate);
        // What is not saved is disposed of when the forward pass ends.
        (save as tf.GradSaveFunc)([scale]);
        return {
          value: tf.mul(input as Tensor, scale),
          gradFunc: (dy, saved) => tf.mul(dy, first(saved)),
        };
      });
      return drop(x) as Tensor4D;
    },
    crossEntropy(logits: Tensor2D, labels: Tensor1D, smoothing: number | Tensor1D): Tensor1D {
      const target = smoothedTarget(labels, logits.shape[1], smoothing);
      const perImage = tf.customGrad((input, save) => {
        const [loss, gradient] = backend.executeMultipleOutputs(
          'SoftmaxCrossEntropyWithLogits',
          [float],
          [input as Tensor, target],
          2,
        );
        if (!loss || !gradient) throw new Error('SoftmaxCrossEntropyWithLogits');
        (save as tf.GradSaveFunc)([gradient]);
        return { value: loss, gradFunc: (dy, saved) => tf.mul(tf.reshape(dy, [-1, 1]), first(saved)) };
      });
      return perImage(logits) as Tensor1D;
    },
  };
}

function first(tensors: Tensor[]): Tensor {
  const [tensor] = tensors;
  if (tensor === undefined) throw new Error('an op gave no output');
  return tensor;
}
