import { heNormal, layerWeights, linearNormal } from '../../weights.ts';
import type { Padding } from '../../layer.ts';
import { evenPadding } from '../../window.ts';
import { defineLayer } from '../define-layer.ts';
import { type Activation, rectifies } from '../parts/activation.ts';
import { finished, type SlidingKernel, strideWords, writeSliding } from '../parts/sliding.ts';

/** One filter per channel. */
export interface DepthwiseLayer extends SlidingKernel {
  readonly kind: 'depthwise';
}

interface DepthwiseOptions {
  readonly stride: number;
  readonly activation: Activation;
  /** One pixel on each side if left out. */
  readonly padding?: Padding;
}

/** 3x3 with batch norm and no bias. */
export const depthwise = defineLayer<DepthwiseLayer, DepthwiseOptions>({
  kind: 'depthwise',
  plan({ stride, activation, padding = evenPadding(1) }, { name, input, slide }) {
    return {
      kernel: [3, 3],
      stride,
      padding,
      batchNorm: true,
      activation,
      output: slide(input, 3, stride, padding),
      weights: layerWeights(name, {
        kernelShape: [3, 3, input[2], 1],
        initializer: rectifies(activation) ? heNormal(9) : linearNormal(9),
        channels: input[2],
        bias: false,
        batchNorm: true,
      }),
    };
  },
  window: ({ kernel, stride }) => ({ extent: Math.max(...kernel), stride }),
  compute(layer, [x], pass) {
    const { stride, padding } = layer;
    return finished(layer, pass.operations.depthwise(x, pass.map('kernel'), stride, padding), pass);
  },
  onnx: (layer, inputs, writer) => writeSliding(layer, inputs, writer, layer.output[2], 1),
  words: ({ kernel, stride }) => `${kernel.join('×')}${strideWords(stride)} depthwise`,
});
