import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { layerGroups } from './layer-groups.ts';
import type { MethodControl } from './method.ts';
import { pooledWidth } from './pooled-width.ts';
import type { Features, FeatureWeights, Pooling, Subject } from './subject.ts';
import { withFeatures } from './with-features.ts';

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
  const remembered = pooling === 'average';
  const groups = remembered ? [layers] : layerGroups(layers, images, pooling, subject.featureRoom());
  for (const group of groups) {
    const names = remembered ? undefined : group.map(({ name }) => name);
    const open = (weights: FeatureWeights) => subject.features(weights, images, pooling, names);
    await withFeatures(open('trained'), (trained) =>
      withFeatures(open('untrained'), async (untrained) => {
        for (const [index, layer] of group.entries()) {
          const one = trained[index];
          const other = untrained[index];
          if (one === undefined || other === undefined) throw new Error(`no features of ${layer.name}`);
          await visit({ layer, trained: one, untrained: other });
          done += one.columns;
          progress(done / total);
          await pause();
        }
      }),
    );
  }
}
