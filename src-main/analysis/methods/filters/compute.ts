import type { Layer } from '../../../../src-shared/networks/graph.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { filtersMethod } from './index.ts';
import { chosenLayers } from '../../pictures/chosen-layers.ts';
import { colourFilters, kernelPicture, type KernelValues } from './kernel-picture.ts';
import { largest } from '../../pictures/map-rows.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { inRows, tile } from '../../pictures/tile.ts';
import type { WeightValues } from '../../subject.ts';

export const compute: Computation<typeof filtersMethod> = async (
  subject,
  { layers: names, most },
  { progress, pause },
) => {
  const layers = chosenLayers(subject, names, (layer) => kernelName(layer) !== undefined);
  const weights = subject.weights('last');
  const files: WrittenFile[] = [];
  for (const [place, layer] of layers.entries()) {
    const kernel = kernelOf(layer, weights);
    const extent = largest(kernel.values);
    const { inputs, filters, height, width } = kernel;
    const shown = `the first ${Math.min(most, filters)} of ${filters} filters in rows, ${Math.min(most, inputs)} of ${inputs} inputs in columns`;
    const title = `Filters of ${layer.name}, ${height} x ${width}: ${shown}; white is zero, vermilion ${extent.toPrecision(2)} below it, blue as much above.`;
    files.push(await pictureFile(kernelPicture(kernel, extent, most), { layer, title }));
    if (inputs === 3 && layer.inputs[0] === subject.graph.layers[0]?.name) {
      const colours = tile(inRows(colourFilters(kernel), 16), 4);
      const caption = `Filters of ${layer.name} in the colours of the image: grey is zero, each filter scaled to its own largest weight.`;
      files.push(await pictureFile(colours, { layer, kind: 'colours', title: caption }));
    }
    progress((place + 1) / layers.length);
    await pause();
  }
  return { results: [], files };
};

function kernelName({ kind, weights }: Layer): string | undefined {
  if (kind !== 'convolution' && kind !== 'depthwise') return undefined;
  return weights.find((weight) => weight.kind === 'kernel' || weight.kind === 'depthwise kernel')?.name;
}

/** A depthwise kernel, [h, w, channels, 1], has one input for each of its filters. */
function kernelOf(layer: Layer, weights: WeightValues): KernelValues {
  const name = kernelName(layer) ?? '';
  const values = weights.get(name);
  const [height = 1, width = 1, inputs = 1, filters = 1] =
    layer.weights.find((weight) => weight.name === name)?.shape ?? [];
  if (values === undefined) throw new Error(`no value for the weight ${name}`);
  return layer.kind === 'depthwise'
    ? { height, width, inputs: 1, filters: inputs, values }
    : { height, width, inputs, filters, values };
}
