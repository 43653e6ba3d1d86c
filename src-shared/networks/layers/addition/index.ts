import type { LayerCommon } from '../../layer.ts';
import { defineLayer } from '../define-layer.ts';
import { type Activation, activated, writeActivated } from '../parts/activation.ts';

/** Element-wise sum of its inputs, then the activation. */
export interface AdditionLayer extends LayerCommon {
  readonly kind: 'addition';
  readonly activation: Activation;
}

export const addition = defineLayer<AdditionLayer, { readonly activation: Activation }>({
  kind: 'addition',
  joins: true,
  plan: ({ activation }, { input }) => ({ activation, output: input }),
  compute({ activation }, [first, ...others], { operations }) {
    const sum = others.reduce((total, part) => operations.add(total, part), first);
    return activated(sum, activation, operations);
  },
  onnx: (layer, inputs, { onnx }) =>
    writeActivated(onnx, layer, (output) => onnx.node('Sum', inputs, output)),
  step: ({ kind, activation }) => ({ does: kind, activation }),
  words: ({ kind }) => kind,
});
