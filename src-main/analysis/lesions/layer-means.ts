import { columnMeans } from '../measures/matrix.ts';
import type { Subject } from '../subject.ts';

/** Means of each layer's channels over positions and the images of the evaluation set, by layer. */
export async function layerMeans(subject: Subject, images: number): Promise<(layer: string) => Float64Array> {
  const features = await subject.features('trained', images, 'average');
  const means = new Map(features.map((layer) => [layer.layer, columnMeans(layer.read())]));
  return (layer) => {
    const found = means.get(layer);
    if (found === undefined) throw new Error(`no features of ${layer}`);
    return found;
  };
}
