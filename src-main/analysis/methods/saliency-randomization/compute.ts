import { roleNamed } from '../../../../src-shared/networks/families.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { mapLikeness } from '../../measures/map-likeness.ts';
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
import { saliencyMaps } from './saliency-maps.ts';
import { SALIENCY_METHODS, type SaliencyMethod } from './saliency-method.ts';
import { shownImages } from '../../pictures/shown-images.ts';
import type { Subject, WeightValues } from '../../subject.ts';

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
  const options = { classes, steps: settings.steps, layer, pause };
  const mapsWith = (weights: WeightValues) =>
    withNetwork(subject, weights, async (network) => {
      const maps = new Map<SaliencyMethod, Float32Array[]>();
      for (const method of SALIENCY_METHODS)
        maps.set(method, await saliencyMaps(method, network, set, options));
      return maps;
    });
  const intact = await mapsWith(trained);
  const fresh = subject.freshWeights(settings.seed);
  const weights = new Map(trained);
  const cascade = subject.layers.filter((each) => each.weights.length > 0).toReversed();
  const rows = new Map(SALIENCY_METHODS.map((method) => [method, [intact.get(method) ?? []]]));
  const results: LayerResult[] = [];
  for (const [place, each] of cascade.entries()) {
    for (const { name } of each.weights) weights.set(name, fresh.get(name) ?? new Float32Array());
    const maps = await mapsWith(weights);
    for (const method of SALIENCY_METHODS) {
      const found = maps.get(method) ?? [];
      const { value, interval, counted } = mapLikeness(found, intact.get(method) ?? []);
      results.push(
        layerResult(each, {
          ...{ measure: method, value, interval },
          settings: { ...settings, layer, counted },
        }),
      );
      rows.get(method)?.push(found);
    }
    progress((place + 1) / cascade.length);
  }
  const images = photographs(set, subject).slice(0, SHOWN);
  const files: WrittenFile[] = [];
  for (const method of SALIENCY_METHODS) {
    const side = method === 'grad-cam' ? sideOf(subject, layer) : subject.graph.input[1];
    const drawn = (rows.get(method) ?? []).map((maps) =>
      maps.slice(0, SHOWN).map((map) => mapPicture(map, side)),
    );
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
