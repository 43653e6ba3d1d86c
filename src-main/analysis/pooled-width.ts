import type { Shape } from '../../src-shared/networks/layer.ts';
import type { Pooling } from './subject.ts';
import { sidesIn } from './windows/saliency-window.ts';

/** Cells of the grid along each side. */
export const GRID = 4;

/** Columns of the features of an output of this shape. */
export function pooledWidth(output: Shape, pooling: Pooling): number {
  const [height, width, channels] = output;
  if (typeof pooling !== 'string') {
    const [down, sideways] = sidesIn(pooling, output);
    return down * sideways * channels;
  }
  switch (pooling) {
    case 'average':
    case 'share of zeros':
      return channels;
    case '4x4':
      return channels * GRID ** 2;
    case 'map':
      return channels * height * width;
  }
}
