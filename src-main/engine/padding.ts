import type { Padding } from '../../src-shared/networks/layer.ts';

export function isPadded(padding: Padding): boolean {
  return padding.top + padding.bottom + padding.left + padding.right > 0;
}

/** TensorFlow's `SAME`: output = ceil(input / stride), the odd pixel at the bottom and right. */
function samePadding(
  size: readonly [number, number],
  kernel: readonly [number, number],
  stride: number,
): Padding {
  const total = (input: number, window: number) =>
    Math.max((Math.ceil(input / stride) - 1) * stride + window - input, 0);
  const vertical = total(size[0], kernel[0]);
  const horizontal = total(size[1], kernel[1]);
  return {
    top: Math.floor(vertical / 2),
    bottom: vertical - Math.floor(vertical / 2),
    left: Math.floor(horizontal / 2),
    right: horizontal - Math.floor(horizontal / 2),
  };
}

/** How TensorFlow can be told of a padding without an op of its own; null if it cannot. */
export function paddingKeyword(
  padding: Padding,
  size: readonly [number, number],
  kernel: readonly [number, number],
  stride: number,
): 'valid' | 'same' | null {
  if (!isPadded(padding)) return 'valid';
  const same = samePadding(size, kernel, stride);
  const equal =
    same.top === padding.top &&
    same.bottom === padding.bottom &&
    same.left === padding.left &&
    same.right === padding.right;
  return equal ? 'same' : null;
}
