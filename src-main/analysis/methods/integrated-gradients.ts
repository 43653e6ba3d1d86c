import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { defineMethod } from '../method.ts';
import { signedColours } from '../pictures/colour-map.ts';
import { explainedClasses } from '../pictures/explained-classes.ts';
import { completenessError, integratedGradients, sumOverChannels } from '../pictures/integrated-gradients.ts';
import { drawMaps, imageRows, largest, perImage } from '../pictures/map-rows.ts';
import { photographs } from '../pictures/photograph.ts';
import { pictureFile } from '../pictures/picture-file.ts';
import { withNetwork } from '../pictures/picture-network.ts';
import { classSetting, shownSetting } from '../pictures/picture-settings.ts';
import { shownImages } from '../pictures/shown-images.ts';

/** Which pixels make up a logit: docs/analysis/integrated-gradients.md. */
export const integratedGradientsMethod = defineMethod({
  name: 'integrated-gradients',
  title: 'Integrated gradients',
  family: 'pictures',
  about:
    'What each pixel adds to the logit of a class, from a blank image on; the parts add up to the whole.',
  measures: [
    {
      name: 'completeness-error',
      title: 'Completeness error',
      kind: 'share',
      axis: 'missing / difference of the logits',
    },
  ],
  settings: z.strictObject({
    shown: shownSetting(10),
    class: classSetting,
    steps: z.int().min(8).max(4096).default(128).describe('steps from the blank image to the image'),
    baseline: z.enum(['mean', 'black']).default('mean').describe('colour of the blank image'),
  }),
  run: (subject, settings, { progress, pause }) =>
    withNetwork(subject, subject.weights('last'), async (network) => {
      const { shown, steps, baseline } = settings;
      const set = shownImages(subject, shown);
      const classes = explainedClasses(network, set, settings.class);
      const { mean, std } = subject.statistics;
      const blank = mean.map((value, channel) => (baseline === 'mean' ? 0 : -value / (std[channel] ?? 1)));
      let done = 0;
      const found = await integratedGradients(
        network,
        set.images,
        classes,
        { steps, baseline: blank },
        () => {
          progress(++done / steps);
          return pause();
        },
      );
      const [, width, channels] = subject.graph.input;
      const maps = perImage(sumOverChannels(found.attributions, channels), set.count);
      const images = photographs(set, subject);
      const drawn = drawMaps(images, maps, (_, map) => signedColours(map, width, largest(map)));
      const error = completenessError(found);
      const title = `Integrated gradients of the logit of the ${settings.class} class: ${set.count} test images, below them what each pixel adds (blue) or takes away (vermilion), summed over the colours, each scaled to its own largest value; ${steps} steps from a blank image in ${baseline === 'mean' ? 'the mean colour' : 'black'}, ${(100 * error).toFixed(2)} % short of the whole.`;
      const result: AnalysisResult = {
        method: 'integrated-gradients',
        measure: 'completeness-error',
        ...{ layer: null, role: null, channel: null, interval: null, baselines: {} },
        value: Number.isFinite(error) ? error : null,
        settings,
      };
      return {
        results: [result],
        files: [await pictureFile(imageRows(images, drawn), { layer: null, title })],
      };
    }),
});
