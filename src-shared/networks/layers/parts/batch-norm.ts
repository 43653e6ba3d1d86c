import type { LayerWriter } from '../onnx-writer.ts';
import type { LayerPass, Tensors } from '../operations.ts';
import { type Activation, limited, rectifies } from './activation.ts';

/** Epsilon and momentum (share of the old value kept) of every batch norm, as in PyTorch's default. */
export const BATCH_NORM = { epsilon: 1e-5, momentum: 0.9 } as const;

/** Batch statistics in training, moving statistics otherwise; then the activation. */
export function normalized<T extends Tensors>(
  x: T['map'],
  activation: Activation,
  pass: LayerPass<T>,
): T['map'] {
  const weights = {
    gamma: pass.vector('gamma'),
    beta: pass.vector('beta'),
    movingMean: pass.vector('moving mean'),
    movingVariance: pass.vector('moving variance'),
  };
  const { operations } = pass;
  const relu = rectifies(activation);
  if (!pass.training) return limited(operations.batchNormInference(x, weights, relu), activation, operations);
  const { output, movingMean, movingVariance } = operations.batchNormTraining(x, weights, relu);
  pass.keep('moving mean', movingMean);
  pass.keep('moving variance', movingVariance);
  return limited(output, activation, operations);
}

export function writeNormalized({ onnx, vector }: LayerWriter, x: string, output: string): void {
  const weights = ['gamma', 'beta', 'moving mean', 'moving variance'].map(vector);
  onnx.node('BatchNormalization', [x, ...weights], output, { epsilon: { float: BATCH_NORM.epsilon } });
}
