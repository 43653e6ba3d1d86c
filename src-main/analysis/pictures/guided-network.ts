import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Operations } from '../../engine/operations.ts';
import type { PictureNetwork } from './picture-network.ts';

/**
 * The same network with the backward pass of guided backpropagation (Springenberg et al., Striving for simplicity, 2015):
 * at each ReLU the gradient is zero where the unit is off, and where the gradient itself is negative. What the network
 * computes stays as it is.
 */
export function guidedNetwork(network: PictureNetwork): PictureNetwork {
  const { operations } = network;
  const relu = guidedRelu(operations);
  return {
    ...network,
    operations: {
      ...operations,
      relu,
      biasAdd: (x, bias, isRectified) => {
        const sum = operations.biasAdd(x, bias, false);
        return isRectified ? relu(sum) : sum;
      },
    },
  };
}

function guidedRelu(operations: Operations): Operations['relu'] {
  const guided = tf.customGrad((x, save) => {
    const value = operations.relu(x as Tensor4D);
    (save as tf.GradSaveFunc)([value]);
    // a saved output is there when its gradient is asked for
    return { value, gradFunc: (gradient, [output = value]) => tf.mul(tf.relu(gradient), tf.step(output)) };
  });
  return (x) => guided(x) as Tensor4D;
}
