import type { Padding } from '../../src-shared/networks/layer.ts';
import { samePadding } from '../../src-shared/networks/window.ts';

export function isPadded(padding: Padding): boolean {
  return padding.top + padding.bottom + padding.left + padding.right > 0;
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
