import { roleNamed } from '../../../../src-shared/networks/families.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { mapLikeness } from '../../measures/map-likeness.ts';
import { ranksOf } from '../../measures/rank-correlation.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import { TITLES, type saliencyRandomizationMethod } from './index.ts';
import { hasPlaces } from '../../pictures/chosen-layers.ts';
import { risingColours } from '../../pictures/colour-map.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import { highest, imageRows } from '../../pictures/map-rows.ts';
import { photographs } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import type { Picture } from '../../pictures/picture.ts';
import { type Maps, SaliencyMaps } from './saliency-maps.ts';
import { SALIENCY_METHODS, type SaliencyMethod } from './saliency-method.ts';
import { shownImages } from '../../pictures/shown-images.ts';
import type { Subject } from '../../subject.ts';

/** Images that are shown of those that are counted. */
const SHOWN = 5;

export const compute: Computation<typeof saliencyRandomizationMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const set = shownImages(subject, settings.images);
  const trained = subject.weights('last');
  const layer = lastMap(subject);
  const classes = await withNetwork(subject, trained, (network) =>
    Promise.resolve(explainedClasses(network, set, 'predicted')),
  );
  const cascade = subject.layers.filter((each) => each.weights.length > 0).toReversed();
  const { steps } = settings;
  const maps = new SaliencyMaps(subject, { set, classes, steps, layer, times: cascade.length + 1, pause });
  const results: LayerResult[] = [];
  const rows = new Map(SALIENCY_METHODS.map((method): [SaliencyMethod, Float32Array[][]] => [method, []]));
  // copied: what is shown must not keep the maps of all images
  const show = (found: Maps): void => {
    for (const [method, each] of found)
      rows.get(method)?.push(each.slice(0, SHOWN).map((map) => map.slice()));
  };
  try {
    const intact = await maps.with(trained);
    show(intact);
    const ranks = new Map(Array.from(intact, ([method, each]) => [method, each.map(ranksOf)]));
    const fresh = subject.freshWeights(settings.seed);
    const weights = new Map(trained);
    for (const [place, each] of cascade.entries()) {
      for (const { name } of each.weights) weights.set(name, fresh.get(name) ?? new Float32Array());
      const found = await maps.with(weights);
      show(found);
      for (const method of SALIENCY_METHODS) {
        const likeness = mapLikeness(found.get(method) ?? [], ranks.get(method) ?? []);
        const { value, interval, counted } = likeness;
        results.push(
          layerResult(each, {
            ...{ measure: method, value, interval },
            settings: { ...settings, layer, counted },
          }),
        );
      }
      progress((place + 1) / cascade.length);
      await pause();
    }
  } finally {
    maps.close();
  }
  const images = photographs(set, subject).slice(0, SHOWN);
  const files: WrittenFile[] = [];
  for (const method of SALIENCY_METHODS) {
    const side = method === 'grad-cam' ? sideOf(subject, layer) : subject.graph.input[1];
    const drawn = (rows.get(method) ?? []).map((row) => row.map((map) => mapPicture(map, side)));
    const title = `Randomization test of ${TITLES[method]}${method === 'grad-cam' ? ` of ${layer}` : ''}: test images, their maps in the trained network, and below these the maps as more and more layers are randomized, from ${cascade[0]?.name ?? ''} to ${cascade.at(-1)?.name ?? ''}; absolute values, each from 0 (dark) to its own maximum (light).`;
    files.push(await pictureFile(imageRows(images, ...drawn), { layer: null, kind: method, title }));
  }
  return { results, files };
};

/** The last layer before the classifier that still has places. */
function lastMap({ layers }: Pick<Subject, 'layers'>): string {
  const found = layers.filter((layer) => hasPlaces(layer) && !roleNamed(layer.role).answers).at(-1);
  if (found === undefined) throw new Error('a network without a map');
  return found.name;
}

function sideOf({ layers }: Pick<Subject, 'layers'>, name: string): number {
  return layers.find((layer) => layer.name === name)?.output[1] ?? 1;
}

function mapPicture(map: Float32Array, width: number): Picture {
  return risingColours(map, width, [0, highest(map)]);
}
