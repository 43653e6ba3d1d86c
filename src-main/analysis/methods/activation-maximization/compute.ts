import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { activationMaximizationMethod } from './index.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { cropTo, fieldGrids, fieldOf } from '../../pictures/field-window.ts';
import { perImage } from '../../pictures/map-rows.ts';
import { maximizeActivation } from './maximize-activation.ts';
import { photograph, photographOf } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import { enlargeTo } from '../../pictures/picture.ts';
import { findStrongest } from '../../pictures/find-strongest.ts';
import { tile } from '../../pictures/tile.ts';

/** Pixels of the shorter side of a picture. */
const SIDE = 48;

/** Real patches beside each image that was made. */
const PATCHES = 4;

export const compute: Computation<typeof activationMaximizationMethod> = (
  subject,
  settings,
  { progress, pause },
) => {
  return withNetwork(subject, subject.weights('last'), async (network) => {
    const { steps, seed } = settings;
    const { graph, statistics } = subject;
    const set = subject.evaluationSet(settings.images);
    const layers = chosenLayers(subject, settings.layers, hasPlaces);
    const maxima = await findStrongest(subject, {
      ...{ weights: subject.weights('last'), set, layers, top: PATCHES, step: pause },
    });
    const grids = fieldGrids(graph);
    const results: LayerResult[] = [];
    const files: WrittenFile[] = [];
    for (const [place, layer] of layers.entries()) {
      const [height, width, count] = layer.output;
      const found = maxima.get(layer.name);
      const grid = grids.get(layer.name);
      if (found === undefined || grid === undefined) throw new Error(`no maxima of ${layer.name}`);
      const channels = Math.min(settings.channels, count);
      const made = await maximizeActivation(network, layer, channels, { steps, seed, statistics, pause });
      const middle = fieldOf(grid, Math.floor(height / 2), Math.floor(width / 2));
      const strongest = Array.from({ length: channels }, (_, channel) => found.of(channel));
      const rows = perImage(made.images, channels).map((values, channel) => [
        enlargeTo(cropTo(photograph(values, graph.input, statistics), middle), SIDE),
        ...(strongest[channel] ?? []).map(({ image, row, column }) =>
          enlargeTo(cropTo(photographOf(set, image, subject), fieldOf(grid, row, column)), SIDE),
        ),
      ]);
      const title = `What activates ${layer.name}: one row for each of the first ${channels} of ${count} channels, with a synthetic image that maximizes its central unit (${steps} steps from noise with seed ${seed}, decay and blurring), then the strongest patches of ${set.count} test images, all cropped to the receptive field of ${grid.size} pixels.`;
      files.push(await pictureFile(tile(rows, 4), { layer, title }));
      const gains = strongest.flatMap(([first], channel) =>
        first === undefined ? [] : [(made.activations[channel] ?? NaN) / first.value],
      );
      results.push(
        layerResult(layer, {
          measure: 'gain',
          value: gains.length === 0 ? null : gains.reduce((sum, gain) => sum + gain, 0) / gains.length,
          settings,
        }),
      );
      progress((place + 1) / layers.length);
      await pause();
    }
    return { results, files };
  });
};
