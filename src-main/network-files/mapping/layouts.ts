import type { Shape, Weight } from '../../../src-shared/networks/layer.ts';
import { filtersFirst, rowsChannelsFirst } from '../../../src-shared/networks/layers/parts/kernel-layouts.ts';
import type { SourceLayer } from './source-layers.ts';

/**
 * A kernel's extents as our graph has them: [height, width, inputs, filters]; of a dense layer, or a 1x1 convolution that
 * is one, [1, 1, inputs, units].
 */
export function kernelExtents({ kernel, filtersFirst: first }: Pick<SourceLayer, 'kernel' | 'filtersFirst'>) {
  const { shape } = kernel;
  const [outer = 1, inner = 1, height = 1, width = 1] = shape;
  if (shape.length === 2) return first ? [1, 1, inner, outer] : [1, 1, outer, inner];
  return first ? [height, width, inner, outer] : shape;
}

/**
 * What two kernels have in common that can stand for one another. A kernel of one channel per filter has the bytes of one
 * with a single filter, as depthwise kernels are written in either way.
 */
export function kernelKey(extents: readonly number[]): string {
  const [height = 1, width = 1, inputs = 1, filters = 1] =
    extents.length === 2 ? [1, 1, ...extents] : extents;
  const channels = inputs === 1 || filters === 1 ? [inputs * filters] : [inputs, filters];
  return [height, width, ...channels].join('x');
}

/**
 * The values of a kernel in the layout of our graph.
 * @param input the maps that the layer reads: a dense layer flattens them [height, width, channels], PyTorch's channels
 *   first
 */
export function kernelValues(source: SourceLayer, weight: Weight, input: Shape): Float32Array {
  const { values } = source.kernel;
  if (!source.filtersFirst) return values;
  const [height = 1, width = 1, inputs = 1, filters = 1] = kernelExtents(source);
  // Both turn an order of axes round, so they also bring the turned one back.
  const filtersLast = filtersFirst(values, [filters, 1, inputs, height * width]);
  if (weight.shape.length !== 2) return filtersLast;
  const [rows, columns, channels] = input;
  return rowsChannelsFirst(filtersLast, [channels, 1, rows * columns], filters);
}
