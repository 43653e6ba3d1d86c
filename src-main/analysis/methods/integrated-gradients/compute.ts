import { percent } from '../../../../src-shared/numbers.ts';
import { layerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import type { integratedGradientsMethod } from './index.ts';
import { signedColours } from '../../pictures/colour-map.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import { gradientPass } from '../../pictures/explanation-pass.ts';
import {
  completenessError,
  integratedGradients,
  logitDifferences,
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
  const trained = subject.weights('last');
  return withNetwork(subject, trained, async (network) => {
    const { shown, steps, baseline } = settings;
    const set = shownImages(subject, shown);
    const classes = explainedClasses(network, set, settings.class);
    const { mean, std } = subject.statistics;
    const blank = mean.map((value, channel) => (baseline === 'mean' ? 0 : -value / (std[channel] ?? 1)));
    const pass = gradientPass(subject, { layer: null, guided: false, images: steps * set.count });
    pass.writeWeights(trained);
    let done = 0;
    const gradients = async (points: Float32Array): Promise<Float32Array> => {
      const found = await pass.explain(points, classes, pause);
      progress(++done / steps);
      return found;
    };
    const attributions = await integratedGradients(set.images, { steps, baseline: blank, gradients }).finally(
      () => pass.close(),
    );
    const [, width, channels] = subject.graph.input;
    const maps = perImage(sumOverChannels(attributions, channels), set.count);
    const images = photographs(set, subject);
    const drawn = drawMaps(images, maps, (_, map) => signedColours(map, width, largest(map)));
    const error = completenessError(attributions, logitDifferences(network, set.images, classes, blank));
    const title = `Integrated gradients of the logit of the ${settings.class} class: ${set.count} test images, and below them what each pixel adds (blue) or subtracts (vermilion), summed over the colours, each scaled to its own maximum; ${steps} steps from a blank image in ${baseline === 'mean' ? 'the mean colour' : 'black'}, ${percent(error, 2)} completeness error.`;
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
