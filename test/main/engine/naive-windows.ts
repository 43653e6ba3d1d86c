import type { Padding } from '../../../src-shared/networks/layer.ts';

type Size = readonly [count: number, height: number, width: number, channels: number];
type KernelShape = readonly [height: number, width: number, channels: number, filters: number];

/** Calls `visit` with each output place and each pixel of the image that its window covers. */
function eachPixel(
  [count, height, width]: Size,
  kernel: number,
  stride: number,
  padding: Padding,
  visit: (place: number, pixel: number, row: number, column: number) => void,
): number {
  const rows = Math.floor((height + padding.top + padding.bottom - kernel) / stride) + 1;
  const columns = Math.floor((width + padding.left + padding.right - kernel) / stride) + 1;
  for (let image = 0; image < count; image++)
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++)
        for (let row = 0; row < kernel; row++)
          for (let column = 0; column < kernel; column++) {
            const fromY = y * stride + row - padding.top;
            const fromX = x * stride + column - padding.left;
            if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) continue;
            const place = (image * rows + y) * columns + x;
            visit(place, (image * height + fromY) * width + fromX, row, column);
          }
  return count * rows * columns;
}

/** A convolution by its definition, in float64. */
export function naiveConvolution(
  x: Float32Array,
  size: Size,
  kernel: Float32Array,
  [side, , perGroup, filters]: KernelShape,
  stride: number,
  padding: Padding,
  groups: number,
): Float64Array {
  const channels = size[3];
  const output: number[] = [];
  const places = eachPixel(size, side, stride, padding, (place, pixel, row, column) => {
    for (let filter = 0; filter < filters; filter++) {
      const group = Math.floor(filter / (filters / groups));
      for (let c = 0; c < perGroup; c++) {
        const weight = kernel[((row * side + column) * perGroup + c) * filters + filter] ?? Number.NaN;
        const value = x[pixel * channels + group * perGroup + c] ?? Number.NaN;
        const at = place * filters + filter;
        output[at] = (output[at] ?? 0) + weight * value;
      }
    }
  });
  return Float64Array.from({ length: places * filters }, (_, index) => output[index] ?? 0);
}

/** A pool by its definition: padded pixels neither win a maximum nor count in an average. */
export function naivePool(
  operation: 'maximum' | 'average',
  x: Float32Array,
  size: Size,
  side: number,
  stride: number,
  padding: Padding,
): Float64Array {
  const channels = size[3];
  const seen = new Map<number, number[]>();
  const places = eachPixel(size, side, stride, padding, (place, pixel) => {
    for (let c = 0; c < channels; c++) {
      const at = place * channels + c;
      const values = seen.get(at) ?? [];
      values.push(x[pixel * channels + c] ?? Number.NaN);
      seen.set(at, values);
    }
  });
  return Float64Array.from({ length: places * channels }, (_, index) => {
    const values = seen.get(index) ?? [];
    const sum = values.reduce((total, value) => total + value, 0);
    return operation === 'maximum' ? Math.max(...values) : sum / values.length;
  });
}
