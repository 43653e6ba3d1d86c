import type { Padding } from './layer.ts';

export const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** The same number of zero pixels on each side, as Caffe and PyTorch pad. */
export function evenPadding(pixels: number): Padding {
  return { top: pixels, bottom: pixels, left: pixels, right: pixels };
}

/** Positions of a window along one axis: floor((extent + padding - size) / stride) + 1; 0 if it fits nowhere. */
export function windowCount(extent: number, size: number, stride: number, padding: number): number {
  return Math.max(0, Math.floor((extent + padding - size) / stride) + 1);
}

/**
 * Caffe's ceil mode, ceil((extent - size) / stride) + 1 positions, written as padding at the bottom and
 * right. Zero where the windows already reach the end, or where no window fits even so.
 */
export function ceilPadding(height: number, width: number, size: number, stride: number): Padding {
  const missing = (extent: number): number => {
    const count = Math.ceil((extent - size) / stride) + 1;
    return count < 1 ? 0 : Math.max(0, (count - 1) * stride + size - extent);
  };
  return { top: 0, bottom: missing(height), left: 0, right: missing(width) };
}

/** TensorFlow's `SAME`: ceil(extent / stride) positions, an odd pixel at the bottom and right. */
export function samePadding(
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
  stride: number,
): Padding {
  const total = (extent: number, size: number): number =>
    Math.max((Math.ceil(extent / stride) - 1) * stride + size - extent, 0);
  const [vertical, horizontal] = [total(height, rows), total(width, columns)];
  const [top, left] = [Math.floor(vertical / 2), Math.floor(horizontal / 2)];
  return { top, bottom: vertical - top, left, right: horizontal - left };
}
