import type { Initializer, LayerCommon } from '../../layer.ts';
import { heNormal, layerWeights } from '../../weights.ts';
import { defineLayer } from '../define-layer.ts';
import { type Activation, limited, rectifies, writeActivated } from '../parts/activation.ts';
import { rowsChannelsFirst } from '../parts/kernel-layouts.ts';

/** Fully connected: flattens [h, w, c] in that order, multiplies, adds the bias, applies the activation. */
export interface DenseLayer extends LayerCommon {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: Activation;
}

interface DenseOptions {
  readonly units: number;
  readonly activation: Activation;
  /** He normal if left out. */
  readonly initializer?: Initializer;
}

export const dense = defineLayer<DenseLayer, DenseOptions>({
  kind: 'dense',
  plan({ units, activation, initializer }, { name, input: [height, width, channels] }) {
    const inputs = height * width * channels;
    const weights = layerWeights(name, {
      kernelShape: [inputs, units],
      initializer: initializer ?? heNormal(inputs),
      channels: units,
      bias: true,
      batchNorm: false,
    });
    return { units, activation, output: [1, 1, units], weights };
  },
  window: (_, [height, width]) => ({ extent: Math.max(height, width), stride: 1 }),
  compute({ activation }, [x], pass) {
    const { operations } = pass;
    const y = operations.dense(x, pass.matrix('kernel'));
    const sum = operations.biasAdd(y, pass.vector('bias'), rectifies(activation));
    return limited(sum, activation, operations);
  },
  onnx(layer, [x], { onnx, inputShape, weight, vector }) {
    const { weight: kernel, values } = weight('kernel');
    const operands = [
      onnx.node('Flatten', [x], `${layer.name}/flat`, { axis: { integer: 1 } }),
      onnx.floats(kernel.name, kernel.shape, rowsChannelsFirst(values, inputShape, layer.units)),
      vector('bias'),
    ];
    return writeActivated(onnx, layer, (output) => onnx.node('Gemm', operands, output));
  },
  words: ({ kind }) => kind,
});
