import type { LayerWriter } from '../onnx-writer.ts';
import type { LayerPass, Tensors } from '../operations.ts';

/** Epsilon and momentum (share of the old value kept) of every batch norm, as in PyTorch's default. */
export const BATCH_NORM = { epsilon: 1e-5, momentum: 0.9 } as const;

/** Batch statistics in training, moving statistics otherwise. */
export function normalized<T extends Tensors>(x: T['map'], pass: LayerPass<T>): T['map'] {
  const weights = {
    gamma: pass.vector('gamma'),
    beta: pass.vector('beta'),
    movingMean: pass.vector('moving mean'),
    movingVariance: pass.vector('moving variance'),
  };
  if (!pass.training) return pass.operations.batchNormInference(x, weights);
  const { output, movingMean, movingVariance } = pass.operations.batchNormTraining(x, weights);
  pass.keep('moving mean', movingMean);
  pass.keep('moving variance', movingVariance);
  return output;
}

export function writeNormalized({ onnx, vector }: LayerWriter, x: string, output: string): void {
  const weights = ['gamma', 'beta', 'moving mean', 'moving variance'].map(vector);
  onnx.node('BatchNormalization', [x, ...weights], output, { epsilon: { float: BATCH_NORM.epsilon } });
}
