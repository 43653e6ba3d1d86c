import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { pooledWidth } from './pool-features.ts';
import type { Pooling } from './subject.ts';

/** Numbers of all features of a group: 256 MiB. */
const HELD = 2 ** 26;

/** Layers in their order, so many at a time as their features have room; one whose do not is a group by itself. */
export function layerGroups(layers: readonly Layer[], images: number, pooling: Pooling): Layer[][] {
  const groups: Layer[][] = [];
  let room = 0;
  for (const layer of layers) {
    const size = images * pooledWidth(layer.output, pooling);
    const group = groups.at(-1);
    if (group === undefined || size > room) {
      groups.push([layer]);
      room = HELD;
    } else group.push(layer);
    room -= size;
  }
  return groups;
}
