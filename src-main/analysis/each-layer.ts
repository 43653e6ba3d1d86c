import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { layerGroups } from './layer-groups.ts';
import type { MethodControl } from './method.ts';
import { pooledWidth } from './pool-features.ts';
import type { Features, Pooling, Subject } from './subject.ts';

/** The features of a layer with trained weights, and beside them with those before the training. */
export interface LayerFeatures {
  readonly layer: Layer;
  readonly trained: Features;
  readonly untrained: Features;
}

/** Calls `visit` for each layer in the graph's order, telling how far it is by the widths. */
export async function eachLayer(
  subject: Subject,
  images: number,
  { progress, pause }: MethodControl,
  visit: (features: LayerFeatures) => Promise<void> | void,
  pooling: Pooling = 'average',
): Promise<void> {
  const { layers } = subject;
  const total = layers.reduce((sum, { output }) => sum + pooledWidth(output, pooling), 0);
  let done = 0;
  // averages are small, and of all layers together they are remembered
  const groups = pooling === 'average' ? [layers] : layerGroups(layers, images, pooling);
  for (const group of groups) {
    const names = group === layers ? undefined : group.map(({ name }) => name);
    const trained = await subject.features('trained', images, pooling, names);
    const untrained = await subject.features('untrained', images, pooling, names);
    for (const [index, layer] of group.entries()) {
      const one = trained[index];
      const other = untrained[index];
      if (one === undefined || other === undefined) throw new Error(`no features of ${layer.name}`);
      await visit({ layer, trained: one, untrained: other });
      done += one.columns;
      progress(done / total);
      await pause();
    }
  }
}
