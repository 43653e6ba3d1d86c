import type { Shape } from '../../../../src-shared/networks/layer.ts';
import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import { MEASURES, type receptiveFieldMethod } from './index.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { risingColours } from '../../pictures/colour-map.ts';
import { effectiveField, effectiveSize } from './effective-field.ts';
import { type FieldGrid, fieldGrids, fieldOf } from '../../pictures/field-window.ts';
import { highest, imageRows } from '../../pictures/map-rows.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork } from '../../pictures/picture-network.ts';

export const compute: Computation<typeof receptiveFieldMethod> = (subject, settings, { progress, pause }) => {
  return withNetwork(subject, subject.weights('last'), (trained) =>
    withNetwork(subject, subject.untrainedWeights(), async (untrained) => {
      const set = subject.evaluationSet(settings.images);
      const layers = chosenLayers(subject, settings.layers, hasPlaces);
      const grids = fieldGrids(subject.graph);
      const [, width] = subject.graph.input;
      const results: LayerResult[] = [];
      const files: WrittenFile[] = [];
      for (const [place, layer] of layers.entries()) {
        const grid = grids.get(layer.name);
        if (grid === undefined) throw new Error(`no receptive field of ${layer.name}`);
        const after = await effectiveField(trained, layer, set, pause);
        const before = await effectiveField(untrained, layer, set, pause);
        const [size, sizeBefore] = [effectiveSize(after), effectiveSize(before)];
        const numbers = {
          effective: [size, sizeBefore],
          theoretical: [grid.size, grid.size],
          ratio: [size && size / grid.size, sizeBefore && sizeBefore / grid.size],
        };
        for (const { name } of MEASURES) {
          const [value = null, baseline = null] = numbers[name];
          const baselines = { untrained: baseline };
          results.push(layerResult(layer, { measure: name, value, baselines, settings }));
        }
        const maps = [after, before, theoreticalField(layer, grid, subject.graph.input)];
        const picture = imageRows(maps.map((map) => risingColours(map, width, [0, highest(map)])));
        const title = `Receptive field at the centre of ${layer.name}: effective, effective before training, and theoretical (${grid.size} pixels). Effective: magnitude of the gradient, averaged over ${set.count} test images, from 0 (dark) to its maximum (light).`;
        files.push(await pictureFile(picture, { layer, title }));
        progress((place + 1) / layers.length);
        await pause();
      }
      return { results, files };
    }),
  );
};

/** 1 where the unit in the middle could look, 0 elsewhere. */
function theoreticalField({ output }: Layer, grid: FieldGrid, [height, width]: Shape): Float64Array {
  const { top, left, size } = fieldOf(grid, Math.floor(output[0] / 2), Math.floor(output[1] / 2));
  return Float64Array.from({ length: height * width }, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    return row >= top && row < top + size && column >= left && column < left + size ? 1 : 0;
  });
}
