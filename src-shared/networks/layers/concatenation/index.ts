import type { LayerCommon } from '../../layer.ts';
import { defineLayer } from '../define-layer.ts';
import { type Activation, activated, writeActivated } from '../parts/activation.ts';

/** Concatenation along the channels, then the activation. */
export interface ConcatenationLayer extends LayerCommon {
  readonly kind: 'concatenation';
  readonly activation: Activation;
}

export const concatenation = defineLayer<ConcatenationLayer, { readonly activation: Activation }>({
  kind: 'concatenation',
  joins: true,
  sideBySide: ({ activation }) => activation === 'none',
  plan({ activation }, { input: [height, width], inputs }) {
    const channels = inputs.reduce((sum, [, , each]) => sum + each, 0);
    return { activation, output: [height, width, channels] };
  },
  compute: ({ activation }, inputs, { operations }) =>
    activated(operations.concatenate(inputs), activation, operations),
  onnx: (layer, inputs, { onnx }) =>
    writeActivated(onnx, layer, (output) => onnx.node('Concat', inputs, output, { axis: { integer: 1 } })),
  step: ({ kind, activation }) => ({ does: kind, activation }),
  words: ({ kind }) => kind,
});
