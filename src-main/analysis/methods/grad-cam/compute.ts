import * as tf from '@tensorflow/tfjs';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { wilsonInterval } from '../../measures/wilson-interval.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { gradCamMethod } from './index.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import { gradCamMaps, resizeMaps } from '../../pictures/grad-cam-maps.ts';
import { oneOfEach } from '../../pictures/logit-gradient.ts';
import { drawMaps, highest, imageRows, perImage } from '../../pictures/map-rows.ts';
import { photographs } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { computedValues } from '../../computed-values.ts';
import { imageTensor } from '../../network-tensors.ts';
import { layerOutputs, withNetwork } from '../../pictures/picture-network.ts';
import { shownImages } from '../../pictures/shown-images.ts';
import { overlay } from '../../pictures/overlay.ts';

export const compute: Computation<typeof gradCamMethod> = (subject, settings, { progress, pause }) => {
  return withNetwork(subject, subject.weights('last'), async (network) => {
    const set = shownImages(subject, settings.shown);
    const layers = chosenLayers(subject, settings.layers, hasPlaces);
    const classes = explainedClasses(network, set, settings.class);
    const shown = photographs(set, subject);
    const [height, width] = subject.graph.input;
    const kept = tf.tidy(() =>
      Object.fromEntries(layerOutputs(network, imageTensor(network.graph, set.images))),
    );
    const results: LayerResult[] = [];
    const files: WrittenFile[] = [];
    try {
      const outputs = new Map(Object.entries(kept));
      for (const [place, layer] of layers.entries()) {
        const values = computedValues(() => {
          const chosen = oneOfEach(classes, network.graph.classes);
          const maps = gradCamMaps(network, outputs, layer.name, chosen);
          return resizeMaps(maps, [height, width]);
        });
        const maps = perImage(values, set.count);
        const overlays = drawMaps(shown, maps, (photograph, map) => overlay(photograph, map, highest(map)));
        const title = `Grad-CAM of ${layer.name} for the logit of the ${settings.class} class: ${set.count} test images, and below them the ReLU of the weighted sum of channels, each from 0 (dark) to its own maximum (light).`;
        files.push(await pictureFile(imageRows(shown, overlays), { layer, title }));
        const empty = maps.filter((map) => highest(map) === 0).length / set.count;
        const interval = wilsonInterval(empty, set.count);
        results.push(layerResult(layer, { measure: 'empty', value: empty, interval, settings }));
        progress((place + 1) / layers.length);
        await pause();
      }
    } finally {
      tf.dispose(kept);
    }
    return { results, files };
  });
};
