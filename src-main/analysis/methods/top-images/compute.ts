import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { WeightValues } from '../../subject.ts';
import type { topImagesMethod } from './index.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { cropTo, fieldGrids, fieldOf } from '../../pictures/field-window.ts';
import { photographOf } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import { enlargeTo, type Picture, plainPicture } from '../../pictures/picture.ts';
import { layerMaxima, meanPurity, strongestImages } from '../../pictures/strongest-places.ts';
import { tile } from '../../pictures/tile.ts';

/** Pixels of the shorter side: photographs of noise do not compress, so a small image is not enlarged. */
const SIDE = 32;

export const compute: Computation<typeof topImagesMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const { images, channels, top } = settings;
  const set = subject.evaluationSet(images);
  const layers = chosenLayers(subject, settings.layers, hasPlaces);
  const maximaOf = (weights: WeightValues) =>
    withNetwork(subject, weights, (network) => layerMaxima(network, set, layers, pause));
  const trained = await maximaOf(subject.weights('last'));
  progress(0.4);
  const untrained = await maximaOf(subject.untrainedWeights());
  const grids = fieldGrids(subject.graph);
  const results: LayerResult[] = [];
  const files: WrittenFile[] = [];
  for (const [place, layer] of layers.entries()) {
    const [, width, count] = layer.output;
    const found = trained.get(layer.name);
    const before = untrained.get(layer.name);
    const grid = grids.get(layer.name);
    if (!found || !before || !grid) throw new Error(`no maxima of ${layer.name}`);
    const shown = Math.min(channels, count);
    const rows = Array.from({ length: shown }, (_, channel) => strongestImages(found, channel, width, top));
    const draw = (crop: (whole: Picture, row: number, column: number) => Picture): Picture =>
      tile(
        rows.map((row) =>
          row.length === 0
            ? [plainPicture(SIDE, SIDE, [0, 0, 0])]
            : row.map((each) =>
                enlargeTo(crop(photographOf(set, each.image, subject), each.row, each.column), SIDE),
              ),
        ),
        4,
      );
    const rowsAre = `one row for each of the first ${shown} of ${count} channels, the strongest of ${set.count} test images first; black: never above 0`;
    files.push(
      await pictureFile(
        draw((whole, row, column) => cropTo(whole, fieldOf(grid, row, column))),
        {
          layer,
          kind: 'patches',
          title: `Patches that activate ${layer.name} most, cropped to the receptive field of ${grid.size} pixels: ${rowsAre}; grey: outside the image.`,
        },
      ),
      await pictureFile(
        draw((whole) => whole),
        { layer, kind: 'images', title: `Images that activate ${layer.name} most: ${rowsAre}.` },
      ),
    );
    results.push(
      layerResult(layer, {
        measure: 'class-purity',
        value: meanPurity(found, set.labels, width, top),
        baselines: { untrained: meanPurity(before, set.labels, width, top) },
        settings,
      }),
    );
    progress(0.8 + (0.2 * (place + 1)) / layers.length);
    await pause();
  }
  return { results, files };
};
