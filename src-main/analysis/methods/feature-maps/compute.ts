import * as tf from '@tensorflow/tfjs';
import type { Computation, WrittenFile } from '../../method.ts';
import type { featureMapsMethod } from './index.ts';
import { channelMaps } from './channel-maps.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { perImage } from '../../pictures/map-rows.ts';
import { photographs } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { imageTensor } from '../../network-tensors.ts';
import { layerOutputs, withNetwork } from '../../pictures/picture-network.ts';
import { enlargeTo } from '../../pictures/picture.ts';
import { shownImages } from '../../pictures/shown-images.ts';
import { tile } from '../../pictures/tile.ts';

/** Pixels of the shorter side of a photograph and of the block of its maps. */
const SIDE = 256;

export const compute: Computation<typeof featureMapsMethod> = (subject, settings, { progress, pause }) => {
  return withNetwork(subject, subject.weights('last'), async (network) => {
    const set = shownImages(subject, settings.shown);
    const layers = chosenLayers(subject, settings.layers, hasPlaces);
    const images = photographs(set, subject).map((each) => enlargeTo(each, SIDE));
    const values = new Map<string, Float32Array>();
    tf.tidy(() => {
      for (const [name, output] of layerOutputs(network, imageTensor(network.graph, set.images)))
        values.set(name, output.dataSync<'float32'>().slice());
    });
    const files: WrittenFile[] = [];
    for (const [place, layer] of layers.entries()) {
      const maps = perImage(values.get(layer.name) ?? new Float32Array(), set.count);
      const { blocks, range } = channelMaps(maps, layer.output, settings.channels);
      const rows = blocks.map((block, image) => [...images.slice(image, image + 1), enlargeTo(block, SIDE)]);
      const shown = Math.min(settings.channels, layer.output[2]);
      const title = `Feature maps of ${layer.name}: ${shown} of ${layer.output[2]} channels, row by row, for ${set.count} test images; ${range}, with the same colour scale for all.`;
      files.push(await pictureFile(tile(rows, 8), { layer, title }));
      progress((place + 1) / layers.length);
      await pause();
    }
    return { results: [], files };
  });
};
