import { layerResult, type LayerResult } from '../../layer-result.ts';
import { mapLikeness } from '../../measures/map-likeness.ts';
import { ranksOf } from '../../measures/rank-correlation.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { guidedBackpropagationMethod } from './index.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import { gradientPass } from '../../pictures/explanation-pass.ts';
import { GRADIENT_COLOURS, gradientColours } from '../../pictures/gradient-colours.ts';
import { GUIDED_CAUTION } from '../../pictures/guided-caution.ts';
import { sumOverChannels } from '../../pictures/integrated-gradients.ts';
import { imageRows, perImage } from '../../pictures/map-rows.ts';
import { photographs } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import { shownImages } from '../../pictures/shown-images.ts';

export const compute: Computation<typeof guidedBackpropagationMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const set = shownImages(subject, settings.shown);
  const images = photographs(set, subject);
  const [trained, untrained] = [subject.weights('last'), subject.untrainedWeights()];
  const classes = await withNetwork(subject, trained, (network) =>
    Promise.resolve(explainedClasses(network, set, settings.class)),
  );
  const gradientsOf = async (layer: string | null): Promise<Float32Array[]> => {
    const pass = gradientPass(subject, { layer, guided: true, images: 2 * set.count });
    try {
      const found: Float32Array[] = [];
      for (const weights of [trained, untrained]) {
        pass.writeWeights(weights);
        found.push(await pass.explain(set.images, layer === null ? classes : null, pause));
      }
      return found;
    } finally {
      pass.close();
    }
  };
  const targets = [null, ...chosenLayers(subject, settings.layers, hasPlaces)];
  const results: LayerResult[] = [];
  const files: WrittenFile[] = [];
  for (const [place, layer] of targets.entries()) {
    const found = await gradientsOf(layer?.name ?? null);
    const [own, other] = found.map((gradients) =>
      perImage(sumOverChannels(gradients.map(Math.abs), subject.graph.input[2]), set.count),
    );
    const { value, interval, counted } = mapLikeness(own ?? [], (other ?? []).map(ranksOf));
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
};
