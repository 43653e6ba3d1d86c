import { significant } from '../../../../src-shared/numbers.ts';
import { isSliding } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { filtersMethod } from './index.ts';
import { chosenLayers } from '../../pictures/chosen-layers.ts';
import { colourFilters, kernelPicture } from './kernel-picture.ts';
import { largest } from '../../pictures/map-rows.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { inRows, tile } from '../../pictures/tile.ts';
import { layerKernel } from '../../weights/layer-kernel.ts';

export const compute: Computation<typeof filtersMethod> = async (
  subject,
  { layers: names, most },
  { progress, pause },
) => {
  const layers = chosenLayers(subject, names, isSliding).filter(isSliding);
  const weights = subject.weights('last');
  const files: WrittenFile[] = [];
  for (const [place, layer] of layers.entries()) {
    const kernel = layerKernel(layer, weights);
    const extent = largest(kernel.values);
    const { inputs, filters, height, width } = kernel;
    const shown = `the first ${Math.min(most, filters)} of ${filters} filters in rows, ${Math.min(most, inputs)} of ${inputs} inputs in columns`;
    const title = `Filters of ${layer.name}, ${height} x ${width}: ${shown}; white: 0, vermilion: -${significant(extent, 2)}, blue: ${significant(extent, 2)}.`;
    files.push(await pictureFile(kernelPicture(kernel, extent, most), { layer, title }));
    if (inputs === 3 && layer.inputs[0] === subject.graph.layers[0]?.name) {
      const colours = tile(inRows(colourFilters(kernel), 16), 4);
      const caption = `Filters of ${layer.name} as RGB images: grey is 0, each filter scaled to its own largest weight.`;
      files.push(await pictureFile(colours, { layer, kind: 'colours', title: caption }));
    }
    progress((place + 1) / layers.length);
    await pause();
  }
  return { results: [], files };
};
