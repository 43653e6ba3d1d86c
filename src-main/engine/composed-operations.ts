import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Padding } from '../../src-shared/networks/layer.ts';
import { BATCH_NORM } from '../../src-shared/networks/layers/parts/batch-norm.ts';
import { NO_PADDING } from '../../src-shared/networks/window.ts';
import type { Arithmetic } from '../../src-shared/training/optimizers/optimizer.ts';
import type { Operations, StepVector } from './operations.ts';
import { isPadded, paddingKeyword } from './padding.ts';

/** A number below every activation, so that a padded pixel never wins a maximum. */
const LOWEST = -3e38;

const ARITHMETIC: Arithmetic<Tensor1D, Scalar> = {
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  square: (a) => tf.square(a),
  sqrt: (a) => tf.sqrt(a),
};

/** The operations written with TensorFlow.js's own ops and gradients: for every backend. */
export const composedOperations: Operations = {
  add: (a, b) => tf.add(a, b),

  multiply: (a, b) => tf.mul(a, b),

  affine: (x, scale, shift) => tf.add(tf.mul(x, scale), shift),

  clip: (x, low, high) => tf.clipByValue(x, low, high),

  relu: (x) => tf.relu(x),

  sigmoid: (x) => tf.sigmoid(x),

  biasAdd: (x, bias, relu) => rectified(tf.add(x, bias), relu),

  batchNormTraining(x, { gamma, beta, movingMean, movingVariance }, relu) {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const count = x.size / gamma.size;
    const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
    const y = tf.batchNorm4d(x, mean as Tensor1D, variance as Tensor1D, beta, gamma, BATCH_NORM.epsilon);
    return {
      output: rectified(y, relu),
      movingMean: tf.keep(moved(movingMean, mean)),
      movingVariance: tf.keep(moved(movingVariance, unbiased)),
    };
  },

  batchNormInference: (x, { gamma, beta, movingMean, movingVariance }, relu) =>
    rectified(tf.batchNorm4d(x, movingMean, movingVariance, beta, gamma, BATCH_NORM.epsilon), relu),

  localResponseNorm: (x, depthRadius, bias, alpha, beta) =>
    tf.localResponseNormalization(x, depthRadius, bias, alpha, beta),

  convolution(x, kernel, stride, padding, groups) {
    if (groups > 1) {
      const kernels = tf.split<Tensor4D>(kernel, groups, 3);
      const outputs = tf.split<Tensor4D>(x, groups, 3).map((part, index) => {
        const filters = kernels[index];
        if (filters === undefined) throw new Error(`no kernel for group ${index}`);
        return this.convolution(part, filters, stride, padding, 1);
      });
      return tf.concat(outputs, 3);
    }
    const [, height, width] = x.shape;
    const keyword = paddingKeyword(padding, [height, width], [kernel.shape[0], kernel.shape[1]], stride);
    if (keyword === null) return this.convolution(pad(x, padding, 0), kernel, stride, NO_PADDING, groups);
    return tf.conv2d<Tensor4D>(x, kernel, stride, keyword);
  },

  depthwise(x, kernel, stride, padding) {
    const [, height, width] = x.shape;
    const keyword = paddingKeyword(padding, [height, width], [kernel.shape[0], kernel.shape[1]], stride);
    if (keyword === null) return this.depthwise(pad(x, padding, 0), kernel, stride, NO_PADDING);
    return tf.depthwiseConv2d(x, kernel, stride, keyword);
  },

  biasedConvolution(x, { kernel, bias }, relu, stride, padding, groups) {
    return this.biasAdd(this.convolution(x, kernel, stride, padding, groups), bias, relu);
  },

  joinVectors: (parts) => tf.concat1d([...parts]),

  splitVector(vector, lengths) {
    const pieces = tf.split<Tensor1D>(vector, [...lengths]).map((piece) => tf.keep(piece));
    vector.dispose();
    return pieces;
  },

  dense(x, kernel) {
    const product = tf.matMul(tf.reshape(x, [x.shape[0], -1]), kernel);
    return tf.reshape(product, [x.shape[0], 1, 1, kernel.shape[1]]);
  },

  maximumPool(x, size, stride, padding) {
    const [, height, width] = x.shape;
    const keyword = paddingKeyword(padding, [height, width], [size, size], stride);
    if (keyword === null) return tf.maxPool(pad(x, padding, LOWEST), size, stride, 'valid');
    return tf.maxPool(x, size, stride, keyword);
  },

  averagePool(x, size, stride, padding, countsPadding) {
    if (countsPadding) return tf.avgPool(pad(x, padding, 0), size, stride, 'valid');
    const [, height, width] = x.shape;
    const keyword = paddingKeyword(padding, [height, width], [size, size], stride);
    if (keyword !== null) return tf.avgPool(x, size, stride, keyword);
    const averages = tf.avgPool(pad(x, padding, 0), size, stride, 'valid');
    const inside = tf.avgPool(pad(tf.ones([1, height, width, 1]), padding, 0), size, stride, 'valid');
    return tf.mul(averages, tf.reciprocal(inside));
  },

  globalAveragePool(x) {
    const [, height, width] = x.shape;
    // multiplied, where TensorFlow.js divides: as TensorFlow's optimizer of graphs would have it
    const average = tf.customGrad((input) => ({
      value: tf.mean(input as Tensor4D, [1, 2], true),
      gradFunc: (dy) => tf.tile(tf.mul(dy, 1 / (height * width)), [1, height, width, 1]),
    }));
    return average(x) as Tensor4D;
  },

  concatenate: (parts) => tf.concat([...parts], 3),

  shuffleChannels(x, groups) {
    const [n, height, width, channels] = x.shape;
    const grouped = tf.reshape(x, [n * height * width, groups, channels / groups]);
    return tf.reshape(tf.transpose(grouped, [0, 2, 1]), x.shape);
  },

  dropout(x, rate, seed, stream) {
    const mask = tf.tidy(() => {
      const [a, b] = tf.split(tf.cast(seed, 'int32'), 2);
      const key = (a?.dataSync()[0] ?? 0) * 31 + (b?.dataSync()[0] ?? 0) * 7919 + stream;
      const kept = tf.greaterEqual(tf.randomUniform(x.shape, 0, 1, 'float32', key), rate);
      return tf.div(tf.cast(kept, 'float32'), 1 - rate);
    });
    return tf.mul(x, mask);
  },

  crossEntropy(logits, labels, smoothing) {
    const target = smoothedTarget(labels, logits.shape[1], smoothing);
    return tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(logits)), 1));
  },

  classesBefore(logits, labels) {
    const classes = logits.shape[1];
    const truth = tf.oneHot(labels, classes, 1, 0, 'float32');
    const own = tf.sum(tf.mul(logits, truth), 1, true);
    // in float32: on a GPU TensorFlow compares int32 on the CPU, and a step would wait for what comes back
    const numbers = tf.tensor1d(Float32Array.from({ length: classes }, (_, number) => number));
    const higher = tf.greater(numbers, tf.reshape(tf.cast(labels, 'float32'), [-1, 1]));
    const after = tf.logicalOr(tf.less(logits, own), tf.logicalAnd(tf.equal(logits, own), higher));
    return tf.sub(classes - 1, tf.sum(tf.cast(after, 'float32'), 1));
  },

  elementwise(vectors, scalars, compute) {
    const entries = Object.entries<Tensor1D | StepVector>(vectors);
    const length = entries
      .map(([, vector]) => ('value' in vector ? 0 : vector.size))
      .reduce((a, b) => Math.max(a, b));
    const tensors = entries.map(([name, vector]) => [
      name,
      'value' in vector ? stepTensor(vector, length) : vector,
    ]);
    return compute(
      ARITHMETIC,
      Object.fromEntries(tensors) as typeof vectors & Record<string, Tensor1D>,
      scalars,
    );
  },
};

function stepTensor({ value, count }: StepVector, length: number): Tensor1D {
  return tf.concat1d([tf.fill([count], value), tf.zeros([length - count])]);
}

function rectified(x: Tensor4D, relu: boolean): Tensor4D {
  return relu ? tf.relu(x) : x;
}

function moved(old: Tensor1D, batch: Tensor): Tensor1D {
  return tf.add(tf.mul(old, BATCH_NORM.momentum), tf.mul(batch, 1 - BATCH_NORM.momentum));
}

/** Constant padding around height and width. */
function pad(x: Tensor4D, padding: Padding, value: number): Tensor4D {
  if (!isPadded(padding)) return x;
  return tf.pad(
    x,
    [
      [0, 0],
      [padding.top, padding.bottom],
      [padding.left, padding.right],
      [0, 0],
    ],
    value,
  );
}

/** [n, classes]: 1 - smoothing on the true class, plus smoothing / classes on each. @param smoothing of all images, or [n] of each */
export function smoothedTarget(labels: Tensor1D, classes: number, smoothing: number | Tensor1D): Tensor2D {
  if (typeof smoothing === 'number') {
    const on = 1 - smoothing + smoothing / classes;
    return tf.oneHot(labels, classes, on, smoothing / classes, 'float32') as Tensor2D;
  }
  const ofEach = tf.reshape<tf.Rank.R2>(smoothing, [-1, 1]);
  const truth = tf.oneHot(labels, classes, 1, 0, 'float32');
  return tf.add(tf.mul(truth, tf.sub(1, ofEach)), tf.div(ofEach, classes));
}
