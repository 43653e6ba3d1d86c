import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { layerResult } from '../layer-result.ts';
import { defineMethod, type WrittenFile } from '../method.ts';
import { chosenLayers, hasPlaces } from '../pictures/chosen-layers.ts';
import { explainedClasses } from '../pictures/explained-classes.ts';
import { gradCamMaps, resizeMaps } from '../pictures/grad-cam-maps.ts';
import { drawMaps, highest, imageRows, perImage } from '../pictures/map-rows.ts';
import { overlay } from '../pictures/overlay.ts';
import { photographs } from '../pictures/photograph.ts';
import { pictureFile } from '../pictures/picture-file.ts';
import { imageTensor, layerOutputs, withNetwork } from '../pictures/picture-network.ts';
import { classSetting, layersSetting, shownSetting } from '../pictures/picture-settings.ts';
import { shownImages } from '../pictures/shown-images.ts';

/** Where in a layer the evidence for a class lies: docs/analysis/grad-cam.md. */
export const gradCamMethod = defineMethod({
  name: 'grad-cam',
  title: 'Grad-CAM',
  family: 'pictures',
  about: 'Where in each layer’s output the evidence for a class lies.',
  measures: [
    {
      name: 'empty',
      title: 'Images without a Grad-CAM map',
      kind: 'share',
      axis: 'share of images where nothing speaks for the class',
    },
  ],
  settings: z.strictObject({ shown: shownSetting(10), layers: layersSetting, class: classSetting }),
  run: (subject, settings, { progress, pause }) =>
    withNetwork(subject, subject.weights('last'), async (network) => {
      const set = shownImages(subject, settings.shown);
      const layers = chosenLayers(subject, settings.layers, hasPlaces);
      const classes = explainedClasses(network, set, settings.class);
      const shown = photographs(set, subject);
      const [height, width] = subject.graph.input;
      const kept = tf.tidy(() =>
        Object.fromEntries(layerOutputs(network, imageTensor(network.graph, set.images))),
      );
      const results: AnalysisResult[] = [];
      const files: WrittenFile[] = [];
      try {
        const outputs = new Map(Object.entries(kept));
        for (const [place, layer] of layers.entries()) {
          const values = tf.tidy(() => {
            const maps = gradCamMaps(network, outputs, layer.name, classes);
            return resizeMaps(maps, [height, width]).dataSync<'float32'>().slice();
          });
          const maps = perImage(values, set.count);
          const overlays = drawMaps(shown, maps, (photograph, map) => overlay(photograph, map, highest(map)));
          const title = `Grad-CAM of ${layer.name} for the logit of the ${settings.class} class: ${set.count} test images, below them the ReLU of the weighted channels, each from 0 (dark) to its own highest value (light).`;
          files.push(await pictureFile(imageRows(shown, overlays), { layer, title }));
          const empty = maps.filter((map) => highest(map) === 0).length / set.count;
          results.push(layerResult(layer, { method: 'grad-cam', measure: 'empty', value: empty, settings }));
          progress((place + 1) / layers.length);
          await pause();
        }
      } finally {
        tf.dispose(kept);
      }
      return { results, files };
    }),
});
