import { fixed, percent } from '../../../../src-shared/numbers.ts';
import { csv } from '../../../files/csv.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { MEASURES, projectionMethod } from './index.ts';
import { chosenLayers } from '../../pictures/chosen-layers.ts';
import type { Matrix } from '../../measures/matrix.ts';
import { principalComponents } from '../../measures/principal-axes.ts';
import { neighbourAccuracy, neighbourOrders, trustworthiness } from './nearest-neighbours.ts';
import { fileStem } from '../../pictures/picture-file.ts';
import { umapMap } from './umap-map.ts';
import { scatterPicture } from './scatter-picture.ts';

export const compute: Computation<typeof projectionMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const { images, seed } = settings;
  const { labels, count, indices } = subject.evaluationSet(images);
  // more than this share of the images are no neighbours, and trustworthiness is not defined
  const neighbours = Math.min(settings.neighbours, Math.floor(count / 2) - 1);
  const layers = chosenLayers(subject, settings.layers, ({ inputs }) => inputs.length > 0);
  const features = new Map(
    (await subject.features('trained', images, 'average')).map((each) => [each.layer, each]),
  );
  const results: LayerResult[] = [];
  const files: WrittenFile[] = [];
  for (const [place, layer] of layers.entries()) {
    const rows = features.get(layer.name)?.read();
    if (rows === undefined) throw new Error(`no features of ${layer.name}`);
    const truth = neighbourOrders(rows);
    const whole = neighbourAccuracy(truth, labels, neighbours);
    const principal = principalComponents(rows, 2);
    const umap = await umapMap(rows, neighbours, seed, pause);
    const add = (measure: (typeof MEASURES)[number]['name'], value: number, baselines = {}): void =>
      void results.push(layerResult(layer, { measure, value, baselines, settings }));
    add('pca-explained', principal.explained);
    const maps: readonly (readonly ['pca' | 'umap', string, Matrix])[] = [
      [
        'pca',
        `first two principal components, ${percent(principal.explained, 0)} of the variance`,
        principal,
      ],
      ['umap', `UMAP with ${neighbours} neighbours and seed ${seed}`, umap],
    ];
    for (const [kind, what, map] of maps) {
      const orders = neighbourOrders(map);
      const trust = trustworthiness(truth, orders, neighbours);
      const accuracy = neighbourAccuracy(orders, labels, neighbours);
      add(`${kind}-trustworthiness`, trust);
      add(`${kind}-neighbours`, accuracy, { 'all features': whole });
      const title = `${layer.name}: ${count} test images by their averaged features, ${what}; trustworthiness ${fixed(trust, 3)}, accuracy of ${neighbours} nearest neighbours ${fixed(accuracy, 3)} (${fixed(whole, 3)} with all ${rows.columns} features). Distances between groups have no meaning.`;
      files.push({
        file: `${fileStem(layer.name, kind)}.png`,
        kind: 'picture',
        mediaType: 'image/png',
        layer: layer.name,
        title,
        bytes: await scatterPicture(map, labels, subject.classes, title),
      });
      const points = Array.from(indices, (image, row) => [
        ...[image, subject.classes[labels[row] ?? 0]],
        ...map.values.subarray(2 * row, 2 * row + 2),
      ]);
      files.push({
        file: `${fileStem(layer.name, kind)}.csv`,
        kind: 'array',
        mediaType: 'text/csv',
        layer: layer.name,
        title: `${layer.name}: the points, ${what}, each with its position in the test part and its class.`,
        bytes: new TextEncoder().encode(csv(['image', 'class', 'x', 'y'], points)),
      });
    }
    progress((place + 1) / layers.length);
    await pause();
  }
  return { results, files };
};
