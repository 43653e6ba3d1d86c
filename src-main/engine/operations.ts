import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Padding } from '../../src-shared/networks/graph.ts';

/** What a batch norm in training yields: its output, and the moving statistics with this batch in them. */
export interface BatchNormTraining {
  /** [n, h, w, c] */
  readonly output: Tensor4D;
  /** [c]; kept, the caller disposes of it. */
  readonly movingMean: Tensor1D;
  /** [c], from the batch's variance divided by n * h * w - 1; kept, the caller disposes of it. */
  readonly movingVariance: Tensor1D;
}

/** The tensors of a batch norm, each [c]. */
export interface BatchNormWeights {
  readonly gamma: Tensor1D;
  readonly beta: Tensor1D;
  readonly movingMean: Tensor1D;
  readonly movingVariance: Tensor1D;
}

/**
 * The operations of a training step for which engines differ: an engine that has a kernel for one of them
 * supplies it, with its gradient; `composed-operations.ts` writes them with TensorFlow.js's own ops and
 * runs on every backend. All tensors are float32 and NHWC.
 */
export interface Operations {
  /** x: [n, h, w, c], bias: [c]. */
  biasAdd(x: Tensor4D, bias: Tensor1D): Tensor4D;
  relu(x: Tensor4D): Tensor4D;
  batchNormTraining(x: Tensor4D, weights: BatchNormWeights): BatchNormTraining;
  batchNormInference(x: Tensor4D, weights: BatchNormWeights): Tensor4D;
  /** kernel: [kh, kw, c / groups, filters]. */
  convolution(x: Tensor4D, kernel: Tensor4D, stride: number, padding: Padding, groups: number): Tensor4D;
  /** kernel: [kh, kw, c, 1]. */
  depthwise(x: Tensor4D, kernel: Tensor4D, stride: number, padding: Padding): Tensor4D;
  maximumPool(x: Tensor4D, size: number, stride: number, padding: Padding): Tensor4D;
  /** Padded pixels are not counted. */
  averagePool(x: Tensor4D, size: number, stride: number, padding: Padding): Tensor4D;
  /** Channels of all parts in order. */
  concatenate(parts: Tensor4D[]): Tensor4D;
  shuffleChannels(x: Tensor4D, groups: number): Tensor4D;
  /**
   * Sets a share `rate` to zero and divides the rest by 1 - rate.
   *
   * @param seed int32 [2]: the run's seed and the step; the mask is a function of it and of `stream`.
   * @param stream tells apart the dropout layers of one network.
   */
  dropout(x: Tensor4D, rate: number, seed: Tensor1D, stream: number): Tensor4D;
  /**
   * Mean over the batch of the cross-entropy between softmax(logits) and the one-hot labels smoothed by
   * `smoothing`: (1 - smoothing) on the true class plus smoothing / classes on each.
   *
   * @param logits [n, classes]
   * @param labels int32 [n]
   */
  crossEntropy(logits: Tensor2D, labels: Tensor1D, smoothing: number): Scalar;
}
