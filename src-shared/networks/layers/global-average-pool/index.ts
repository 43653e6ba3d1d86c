import type { LayerCommon } from '../../layer.ts';
import { defineLayer } from '../define-layer.ts';

/** Mean over all positions: [h, w, c] to [1, 1, c]. */
export interface GlobalAveragePoolLayer extends LayerCommon {
  readonly kind: 'global average pool';
}

export const globalAveragePool = defineLayer<GlobalAveragePoolLayer>({
  kind: 'global average pool',
  plan: (_, { input: [, , channels] }) => ({ output: [1, 1, channels] }),
  window: (_, [height, width]) => ({ extent: Math.max(height, width), stride: 1 }),
  compute: (_, [x], { operations }) => operations.globalAveragePool(x),
  onnx: ({ name }, [x], { onnx }) => onnx.node('GlobalAveragePool', [x], name),
  step: () => ({ does: 'mean' }),
  words: () => 'average of all',
});
