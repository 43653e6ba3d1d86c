import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { EvaluationSet, WeightValues } from '../../subject.ts';
import type { topImagesMethod } from './index.ts';
import { channelRows, withGradients } from './channel-row.ts';
import { classNamed } from '../../class-named.ts';
import { imagesOfClass } from '../../evaluation-set.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { fieldGrids } from '../../pictures/field-window.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import { layerMaxima, meanPurity, strongestChannels } from '../../pictures/strongest-places.ts';
import { gridFiles } from './grid-files.ts';

export const compute: Computation<typeof topImagesMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const { channels: most, top } = settings;
  const label = settings.class === '' ? null : classNamed(subject, settings.class);
  const all = subject.evaluationSet(settings.images);
  const set = label === null ? all : imagesOfClass(all, label);
  const layers = chosenLayers(subject, settings.layers, hasPlaces);
  const grids = fieldGrids(subject.graph);
  const maximaOf = (weights: WeightValues) =>
    withNetwork(subject, weights, (each) => layerMaxima(each, set, layers, pause));
  // among the images of one class there is no purity to compare
  const untrained = label === null ? await maximaOf(subject.untrainedWeights()) : null;
  progress(label === null ? 0.4 : 0);
  return withNetwork(subject, subject.weights('last'), async (network) => {
    const trained = await layerMaxima(network, set, layers, pause);
    const begun = label === null ? 0.8 : 0.2;
    progress(begun);
    const results: LayerResult[] = [];
    const files: WrittenFile[] = [];
    for (const [place, layer] of layers.entries()) {
      const [, width, count] = layer.output;
      const found = trained.get(layer.name);
      const grid = grids.get(layer.name);
      if (!found || !grid) throw new Error(`no maxima of ${layer.name}`);
      const channels =
        label === null
          ? Array.from({ length: Math.min(most, count) }, (_, channel) => channel)
          : strongestChannels(found, { width, top, count: most });
      const plain = channelRows(found, channels, width, top);
      const rows =
        label === null ? plain : await withGradients(plain, { network, layer: layer.name, set }, pause);
      const rowsAre =
        label === null
          ? `one row for each of the first ${channels.length} of ${count} channels, the strongest of ${set.count} test images first; black: never above 0`
          : rowsOfClass({ channels, count, top, set, named: subject.classes[label] ?? '' });
      files.push(...(await gridFiles(subject, { layer, grid, set, rows, rowsAre })));
      const before = untrained?.get(layer.name);
      if (before !== undefined)
        results.push(
          layerResult(layer, {
            measure: 'class-purity',
            value: meanPurity(found, set.labels, width, top),
            baselines: { untrained: meanPurity(before, set.labels, width, top) },
            settings,
          }),
        );
      progress(begun + ((1 - begun) * (place + 1)) / layers.length);
      await pause();
    }
    return { results, files };
  });
};

interface ClassRows {
  readonly channels: readonly number[];
  /** Of the layer. */
  readonly count: number;
  readonly top: number;
  readonly set: EvaluationSet;
  readonly named: string;
}

function rowsOfClass({ channels, count, top, set, named }: ClassRows): string {
  if (channels.length === 0)
    return `none of the ${count} channels is above 0 on an image of the class ${named}`;
  const few = set.count < top ? `, which are fewer than the ${top} asked for` : '';
  return `one row for each of the ${channels.length} of ${count} channels whose ${Math.min(top, set.count)} strongest responses to images of the class ${named} have the greatest sum, in this order: ${channels.join(', ')} (counted from 0); a response is the largest output over all positions; the strongest of ${set.count} test images of the class first${few}`;
}
