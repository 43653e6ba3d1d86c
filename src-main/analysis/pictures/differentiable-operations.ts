import * as tf from '@tensorflow/tfjs';
import { BATCH_NORM } from '../../../src-shared/networks/graph.ts';
import type { Operations } from '../../engine/operations.ts';

/** An engine's operations with a gradient through the batch norm of a trained network, which a training never asks for. */
export function differentiableOperations(operations: Operations): Operations {
  return {
    ...operations,
    batchNormInference(x, { gamma, beta, movingMean, movingVariance }) {
      const scale = tf.div(gamma, tf.sqrt(tf.add(movingVariance, BATCH_NORM.epsilon)));
      return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(movingMean, scale)));
    },
  };
}
