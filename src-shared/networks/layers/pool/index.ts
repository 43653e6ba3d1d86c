import type { LayerCommon, Padding } from '../../layer.ts';
import { ceilPadding, NO_PADDING } from '../../window.ts';
import { defineLayer } from '../define-layer.ts';
import { strideWords, windowAttributes } from '../parts/sliding.ts';

/**
 * Maximum or average over a window. Padding may exceed the input at the bottom and right (Caffe's ceil
 * mode): padded pixels never win a maximum, and are not counted in an average unless `countsPadding`.
 */
export interface PoolLayer extends LayerCommon {
  readonly kind: 'pool';
  readonly operation: 'maximum' | 'average';
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly countsPadding: boolean;
}

interface PoolOptions {
  readonly operation: 'maximum' | 'average';
  readonly size: number;
  readonly stride: number;
  /** `ceil` is Caffe's ceil mode. */
  readonly padding?: Padding | 'ceil';
  /** Whether an average counts the padded zeros; it does not if left out. */
  readonly countsPadding?: boolean;
}

export const pool = defineLayer<PoolLayer, PoolOptions>({
  kind: 'pool',
  plan(options, { input, slide }) {
    const { operation, size, stride, padding: asked = NO_PADDING, countsPadding = false } = options;
    const padding = asked === 'ceil' ? ceilPadding(input[0], input[1], size, stride) : asked;
    return { operation, size, stride, padding, countsPadding, output: slide(input, size, stride, padding) };
  },
  window: ({ size, stride }) => ({ extent: size, stride }),
  compute({ operation, size, stride, padding, countsPadding }, [x], { operations }) {
    return operation === 'maximum'
      ? operations.maximumPool(x, size, stride, padding)
      : operations.averagePool(x, size, stride, padding, countsPadding);
  },
  onnx({ name, operation, size, stride, padding, countsPadding }, [x], { onnx }) {
    const window = windowAttributes([size, size], stride, padding);
    return operation === 'maximum'
      ? onnx.node('MaxPool', [x], name, window)
      : onnx.node('AveragePool', [x], name, {
          ...window,
          count_include_pad: { integer: Number(countsPadding) },
        });
  },
  step: ({ operation, size, stride, padding, countsPadding }) => ({
    ...{ does: 'pool', operation, countsPadding },
    window: { size: [size, size], stride, padding },
  }),
  words: ({ operation, size, stride }) => `${operation} ${size}×${size}${strideWords(stride)}`,
});
