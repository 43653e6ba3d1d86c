import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import type { MethodControl } from './method.ts';
import type { Features, Subject } from './subject.ts';

/** The averaged features of a layer with trained weights, and beside them with those before the training. */
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
): Promise<void> {
  const trained = await subject.features('trained', images, 'average');
  const untrained = await subject.features('untrained', images, 'average');
  const total = trained.reduce((sum, { columns }) => sum + columns, 0);
  let done = 0;
  for (const [index, layer] of subject.layers.entries()) {
    const one = trained[index];
    const other = untrained[index];
    if (one === undefined || other === undefined) throw new Error(`no features of ${layer.name}`);
    await visit({ layer, trained: one, untrained: other });
    done += one.columns;
    progress(done / total);
    await pause();
  }
}
