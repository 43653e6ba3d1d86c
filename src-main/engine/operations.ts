import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Arithmetic } from '../../src-shared/training/optimizers/optimizer.ts';
import type * as layers from '../../src-shared/networks/layers/operations.ts';

/** Layers compute with the tensors of TensorFlow.js. */
export interface EngineTensors {
  readonly map: Tensor4D;
  readonly matrix: Tensor2D;
  readonly vector: Tensor1D;
}

export type BatchNormWeights = layers.BatchNormWeights<EngineTensors>;

/** A vector of `value` in its first `count` places and of zeros in the others. */
export interface StepVector {
  readonly value: number;
  readonly count: number;
}

/** Vectors computed value by value from vectors of one length and from scalars, each known by a name. */
export type Elementwise<Vectors extends string, Scalars extends string> = <V, S>(
  arithmetic: Arithmetic<V, S>,
  vectors: Readonly<Record<Vectors, V>>,
  scalars: Readonly<Record<Scalars, S>>,
) => readonly V[];

/**
 * The operations of a training step: an engine that has a kernel for one of them supplies it, with its gradient;
 * `composed-operations.ts` writes them with TensorFlow.js's own ops and runs on every backend.
 */
export interface Operations extends layers.Operations<EngineTensors> {
  /**
   * Of each image the cross-entropy between softmax(logits) and the one-hot label smoothed by `smoothing`:
   * (1 - smoothing) on the true class plus smoothing / classes on each.
   *
   * @param logits [n, classes]
   * @param labels int32 [n]
   * @param smoothing of all images, or float32 [n] of each
   * @returns [n]
   */
  crossEntropy(logits: Tensor2D, labels: Tensor1D, smoothing: number | Tensor1D): Tensor1D;

  /**
   * How many classes stand before the true one when sorted by logit, float [n]: 0 for a correct image. There is no gradient.
   * Among equal logits the lower class stands first, as with `argMax`, so that a dead network, whose logits
   * are all zero, is right as often as chance and not always. A logit that is no number is never right.
   */
  classesBefore(logits: Tensor2D, labels: Tensor1D): Tensor1D;

  /**
   * New vectors; there is no gradient. An engine may compute them in one pass over the memory. Vectors that are named stay
   * as they are; a `StepVector` is none of the left operands.
   */
  elementwise<Vectors extends string, Scalars extends string>(
    vectors: Readonly<Record<Vectors, Tensor1D | StepVector>>,
    scalars: Readonly<Record<Scalars, Scalar>>,
    compute: Elementwise<Vectors, Scalars>,
  ): readonly Tensor1D[];
}
