import type { LayerCommon } from '../../layer.ts';
import { defineLayer } from '../define-layer.ts';
import type { NormalizationNumbers } from '../weightless-step.ts';

/** AlexNet's normalisation across channels: x / (bias + alpha * sum over radius of x^2) ^ beta. */
export interface LocalResponseNormLayer extends LayerCommon {
  readonly kind: 'local response normalization';
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Krizhevsky's constants as in Caffe: five channels, alpha 1e-4 as their mean (2e-5 of their sum), beta 0.75. */
const CONSTANTS = { depthRadius: 2, bias: 1, alpha: 1e-4 / 5, beta: 0.75 };

/** Others divide alpha by the number of channels in the window, TensorFlow does not. */
function numbersOf({ depthRadius, bias, alpha, beta }: LocalResponseNormLayer): NormalizationNumbers {
  const size = 2 * depthRadius + 1;
  return { size, alpha: alpha * size, beta, bias };
}

export const localResponseNormalization = defineLayer<LocalResponseNormLayer>({
  kind: 'local response normalization',
  plan: (_, { input }) => ({ ...CONSTANTS, output: input }),
  compute: ({ depthRadius, bias, alpha, beta }, [x], { operations }) =>
    operations.localResponseNorm(x, depthRadius, bias, alpha, beta),
  onnx(layer, [x], { onnx }) {
    const { size, alpha, beta, bias } = numbersOf(layer);
    return onnx.node('LRN', [x], layer.name, {
      size: { integer: size },
      ...{ alpha: { float: alpha }, beta: { float: beta }, bias: { float: bias } },
    });
  },
  step: (layer) => ({ does: 'normalization', ...numbersOf(layer) }),
  words: ({ depthRadius }) => `across ${2 * depthRadius + 1} channels`,
});
