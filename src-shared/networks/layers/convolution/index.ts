import type { Initializer, Padding } from '../../layer.ts';
import { heNormal, layerWeights, linearNormal } from '../../weights.ts';
import { NO_PADDING } from '../../window.ts';
import { defineLayer } from '../define-layer.ts';
import { computeBeside } from './compute-beside.ts';
import { type Activation, limited, rectifies } from '../parts/activation.ts';
import { addsBias, finished, type SlidingKernel, strideWords, writeSliding } from '../parts/sliding.ts';

export interface ConvolutionLayer extends SlidingKernel {
  readonly kind: 'convolution';
  readonly filters: number;
  readonly groups: number;
}

interface ConvolutionOptions {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: Padding;
  readonly groups?: number;
  readonly bias: boolean;
  readonly batchNorm: boolean;
  readonly activation?: Activation;
  /** He normal before a ReLU and variance-keeping normal otherwise, if left out. */
  readonly initializer?: Initializer;
}

export const convolution = defineLayer<ConvolutionLayer, ConvolutionOptions>({
  kind: 'convolution',
  plan(options, { name, input: [height, width, channels], slide }) {
    const { filters, kernel, groups = 1, bias, batchNorm } = options;
    const { stride = 1, padding = NO_PADDING, activation = 'relu' } = options;
    const fanIn = (kernel * kernel * channels) / groups;
    const initializer =
      options.initializer ?? (rectifies(activation) ? heNormal(fanIn) : linearNormal(fanIn));
    return {
      filters,
      kernel: [kernel, kernel],
      stride,
      padding,
      groups,
      batchNorm,
      activation,
      output: slide([height, width, filters], kernel, stride, padding),
      weights: layerWeights(name, {
        kernelShape: [kernel, kernel, channels / groups, filters],
        initializer,
        channels: filters,
        bias,
        batchNorm,
      }),
    };
  },
  window: ({ kernel, stride }) => ({ extent: Math.max(...kernel), stride }),
  compute(layer, [x], pass) {
    const { stride, padding, groups, activation } = layer;
    const { operations } = pass;
    const kernel = pass.map('kernel');
    if (!addsBias(layer))
      return finished(layer, operations.convolution(x, kernel, stride, padding, groups), pass);
    const weights = { kernel, bias: pass.vector('bias') };
    const relu = rectifies(activation);
    const sum = operations.biasedConvolution(x, weights, relu, stride, padding, groups);
    return limited(sum, activation, operations);
  },
  computeBeside,
  onnx: (layer, inputs, writer) =>
    writeSliding(layer, inputs, writer, layer.groups, writer.inputShape[2] / layer.groups),
  words: ({ kernel, stride, groups }) =>
    `${kernel.join('×')}${strideWords(stride)}${groups > 1 ? `, ${groups} groups` : ''}`,
});
