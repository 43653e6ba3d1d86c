import { layerResult } from '../../layer-result.ts';
import { wilsonInterval } from '../../measures/wilson-interval.ts';
import type { Computation } from '../../method.ts';
import type { occlusionMethod } from './index.ts';
import { signedColours } from '../../pictures/colour-map.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import { drawMaps, imageRows, largest, perImage } from '../../pictures/map-rows.ts';
import { occlusionMap, type OcclusionMap } from './occlusion-maps.ts';
import { photographs } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import { shownImages } from '../../pictures/shown-images.ts';

export const compute: Computation<typeof occlusionMethod> = (subject, settings, { progress, pause }) => {
  return withNetwork(subject, subject.weights('last'), async (network) => {
    const set = shownImages(subject, settings.shown);
    const classes = explainedClasses(network, set, settings.class);
    const [height, width] = subject.graph.input;
    const size = Math.max(1, Math.round(settings.patch * Math.min(height, width)));
    const stride = Math.max(1, Math.round(settings.step * size));
    const maps: OcclusionMap[] = [];
    for (const [image, values] of perImage(set.images, set.count).entries()) {
      maps.push(await occlusionMap(network, values, classes[image] ?? 0, { size, stride }, pause));
      progress((image + 1) / set.count);
    }
    const images = photographs(set, subject);
    const drops = maps.map((map) => map.drops);
    const drawn = drawMaps(images, drops, (_, map) => signedColours(map, width, largest(map)));
    const title = `Occlusion: ${set.count} test images, and below them how far the logit of the ${settings.class} class falls (blue) or rises (vermilion) when a patch of ${size} x ${size} pixels in the mean colour covers the image, every ${stride} pixels; each scaled to its own maximum.`;
    const turned = maps.filter((map) => map.turned).length / set.count;
    const result = layerResult(null, {
      measure: 'turned',
      value: turned,
      interval: wilsonInterval(turned, set.count),
      settings,
    });
    return {
      results: [result],
      files: [await pictureFile(imageRows(images, drawn), { layer: null, title })],
    };
  });
};
