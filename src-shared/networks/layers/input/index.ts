import type { LayerCommon } from '../../layer.ts';
import { defineLayer } from '../define-layer.ts';

export interface InputLayer extends LayerCommon {
  readonly kind: 'input';
}

/** The images, which are what it reads and what it yields. */
export const input = defineLayer<InputLayer>({
  kind: 'input',
  plan: (_, site) => ({ output: site.input }),
  compute: (_, [images]) => images,
  onnx: (_, [images]) => images,
  words: ({ kind }) => kind,
});
