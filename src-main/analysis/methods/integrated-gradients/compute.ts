import { layerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import type { integratedGradientsMethod } from './index.ts';
import { signedColours } from '../../pictures/colour-map.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import {
  completenessError,
  integratedGradients,
  sumOverChannels,
} from '../../pictures/integrated-gradients.ts';
import { drawMaps, imageRows, largest, perImage } from '../../pictures/map-rows.ts';
import { photographs } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import { shownImages } from '../../pictures/shown-images.ts';

export const compute: Computation<typeof integratedGradientsMethod> = (
  subject,
  settings,
  { progress, pause },
) => {
  return withNetwork(subject, subject.weights('last'), async (network) => {
    const { shown, steps, baseline } = settings;
    const set = shownImages(subject, shown);
    const classes = explainedClasses(network, set, settings.class);
    const { mean, std } = subject.statistics;
    const blank = mean.map((value, channel) => (baseline === 'mean' ? 0 : -value / (std[channel] ?? 1)));
    let done = 0;
    const found = await integratedGradients(network, set.images, classes, { steps, baseline: blank }, () => {
      progress(++done / steps);
      return pause();
    });
    const [, width, channels] = subject.graph.input;
    const maps = perImage(sumOverChannels(found.attributions, channels), set.count);
    const images = photographs(set, subject);
    const drawn = drawMaps(images, maps, (_, map) => signedColours(map, width, largest(map)));
    const error = completenessError(found);
    const title = `Integrated gradients of the logit of the ${settings.class} class: ${set.count} test images, and below them what each pixel adds (blue) or subtracts (vermilion), summed over the colours, each scaled to its own maximum; ${steps} steps from a blank image in ${baseline === 'mean' ? 'the mean colour' : 'black'}, ${(100 * error).toFixed(2)} % completeness error.`;
    const result = layerResult(null, {
      measure: 'completeness-error',
      value: error,
      settings,
    });
    return {
      results: [result],
      files: [await pictureFile(imageRows(images, drawn), { layer: null, title })],
    };
  });
};
