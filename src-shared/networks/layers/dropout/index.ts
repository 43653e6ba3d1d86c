import { randomStream } from '../../../random.ts';
import type { LayerCommon } from '../../layer.ts';
import { defineLayer } from '../define-layer.ts';

export interface DropoutLayer extends LayerCommon {
  readonly kind: 'dropout';
  /** Share of activations set to zero in training; the others are divided by 1 - rate. */
  readonly rate: number;
}

export const dropout = defineLayer<DropoutLayer, { readonly rate: number }>({
  kind: 'dropout',
  trainingOnly: true,
  plan: ({ rate }, { input }) => ({ rate, output: input }),
  compute({ name, rate }, [x], { operations, training, dropoutSeed }) {
    if (!training || rate === 0) return x;
    if (dropoutSeed === undefined) throw new Error('a network with dropout needs a seed to train');
    return operations.dropout(x, rate, dropoutSeed, randomStream(0, 'dropout', name).bits() | 0);
  },
  onnx: (_, [x]) => x,
  words: ({ rate }) => `rate ${rate}`,
});
