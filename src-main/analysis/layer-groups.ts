import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { bytesOf } from './feature-storage.ts';
import { pooledWidth } from './pooled-width.ts';
import type { Pooling } from './subject.ts';

/**
 * Layers in their order, so many at a time as their features have room; one whose do not is a group by itself.
 * @param most bytes of the features of a group
 */
export function layerGroups(
  layers: readonly Layer[],
  images: number,
  pooling: Pooling,
  most: number,
): Layer[][] {
  const groups: Layer[][] = [];
  let room = 0;
  for (const layer of layers) {
    const size = layerBytes(layer, images, pooling);
    const group = groups.at(-1);
    if (group === undefined || size > room) {
      groups.push([layer]);
      room = most;
    } else group.push(layer);
    room -= size;
  }
  return groups;
}

/** What the features of a layer take. */
export function layerBytes({ name, output }: Layer, images: number, pooling: Pooling): number {
  return bytesOf({ layer: name, rows: images, columns: pooledWidth(output, pooling) });
}
