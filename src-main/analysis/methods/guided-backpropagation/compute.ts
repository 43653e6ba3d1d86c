import { layerResult, type LayerResult } from '../../layer-result.ts';
import { mapLikeness } from '../../measures/map-likeness.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { guidedBackpropagationMethod } from './index.ts';
import { activationGradients } from '../../pictures/activation-gradients.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import { GRADIENT_COLOURS, gradientColours } from '../../pictures/gradient-colours.ts';
import { GUIDED_CAUTION } from '../../pictures/guided-caution.ts';
import { guidedNetwork } from '../../pictures/guided-network.ts';
import { inputGradients, sumOverChannels } from '../../pictures/integrated-gradients.ts';
import { imageRows, perImage } from '../../pictures/map-rows.ts';
import { photographs } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork, type PictureNetwork } from '../../pictures/picture-network.ts';
import { shownImages } from '../../pictures/shown-images.ts';

export const compute: Computation<typeof guidedBackpropagationMethod> = (
  subject,
  settings,
  { progress, pause },
) =>
  withNetwork(subject, subject.weights('last'), (trained) =>
    withNetwork(subject, subject.untrainedWeights(), async (untrained) => {
      const set = shownImages(subject, settings.shown);
      const images = photographs(set, subject);
      const classes = explainedClasses(trained, set, settings.class);
      const targets = [null, ...chosenLayers(subject, settings.layers, hasPlaces)];
      const results: LayerResult[] = [];
      const files: WrittenFile[] = [];
      for (const [place, layer] of targets.entries()) {
        const gradientsOf = (network: PictureNetwork): Float32Array =>
          layer === null
            ? inputGradients(guidedNetwork(network), set.images, classes)
            : activationGradients(guidedNetwork(network), layer.name, set.images);
        const found = [gradientsOf(trained), gradientsOf(untrained)];
        const [own, other] = found.map((gradients) =>
          perImage(sumOverChannels(gradients.map(Math.abs), subject.graph.input[2]), set.count),
        );
        const { value, interval, counted } = mapLikeness(own ?? [], other ?? []);
        results.push(
          layerResult(layer, {
            ...{ measure: 'untrained-likeness', value, interval },
            settings: { ...settings, counted },
          }),
        );
        const rows = found.map((gradients) =>
          perImage(gradients, set.count).map((values) => gradientColours(values, subject.graph.input)),
        );
        const of =
          layer === null
            ? `the logit of the ${settings.class} class`
            : `${layer.name} (the sum of its absolute outputs)`;
        const title = `Guided backpropagation of ${of}: ${set.count} test images, and below them the gradient at the image ${GRADIENT_COLOURS}, in the trained network and, in the last row, in the untrained one. ${GUIDED_CAUTION}`;
        files.push(await pictureFile(imageRows(images, ...rows), { layer, title }));
        progress((place + 1) / targets.length);
        await pause();
      }
      return { results, files };
    }),
  );
