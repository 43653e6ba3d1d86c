import { boundsOf, mean, RANGES, tInterval } from '../../../../src-shared/statistics/interval.ts';
import { csv } from '../../../files/csv.ts';
import { layerResult } from '../../layer-result.ts';
import { wilsonInterval } from '../../measures/wilson-interval.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import { fileStem } from '../../pictures/picture-file.ts';
import { salientParts } from '../../windows/saliency-maps.ts';
import { bestWindow, middleWindow, type SaliencyMap, windowSum } from '../../windows/saliency-window.ts';
import type { spatialWindowMethod } from './index.ts';

export const compute: Computation<typeof spatialWindowMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const { images, window } = settings;
  const set = subject.evaluationSet(images);
  const { layer, maps } = await salientParts(subject, images, (share) => {
    progress(share);
    return pause();
  });
  const salient = maps.filter((map) => totalOf(map) > 0);
  const held = salient.map((map) => bestWindow(map, window).sum / totalOf(map));
  const middle = salient.map((map) => windowSum(map, middleWindow(map, window)) / totalOf(map));
  const without = 1 - salient.length / maps.length;
  const sides = Array.from({ length: Math.max(layer.output[0], layer.output[1]) }, (_, at) => at + 1);
  const curve = sides.map((side) => {
    const shares = salient.map((map) => bestWindow(map, side).sum / totalOf(map));
    const centred = salient.map((map) => windowSum(map, middleWindow(map, side)) / totalOf(map));
    return [side, meanOf(shares), meanOf(centred)];
  });
  const table = (
    kind: string,
    title: string,
    columns: readonly string[],
    rows: readonly unknown[][],
  ): WrittenFile => ({
    ...{ file: `${fileStem(layer.name, kind)}.csv`, kind: 'array', mediaType: 'text/csv', layer: layer.name },
    title: `${layer.name}: ${title}`,
    bytes: new TextEncoder().encode(csv(columns, rows)),
  });
  return {
    results: [
      layerResult(layer, {
        ...{ measure: 'held share', settings, value: meanOf(held) },
        interval: boundsOf(tInterval(held, { range: RANGES.share })),
        baselines: { 'window in the middle': meanOf(middle) },
      }),
      layerResult(layer, {
        ...{ measure: 'images without saliency', settings, value: without },
        interval: wilsonInterval(without, maps.length),
      }),
    ],
    files: [
      table(
        'held-shares',
        `mean share of the saliency of ${salient.length} test images inside the best window of each side, and inside one in the middle.`,
        ['side', 'held share', 'window in the middle'],
        curve,
      ),
      table(
        'windows',
        `the best window of ${window} x ${window} places of each test image, by its position in the test part.`,
        ['image', 'class', 'top', 'left', 'held share'],
        maps.map((map, row) => {
          const { top, left, sum } = bestWindow(map, window);
          const total = totalOf(map);
          const of = [set.indices[row], subject.classes[set.labels[row] ?? 0]];
          return total > 0 ? [...of, top, left, sum / total] : [...of, null, null, null];
        }),
      ),
    ],
  };
};

function totalOf({ values }: SaliencyMap): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Null where there is none. */
function meanOf(values: readonly number[]): number | null {
  return values.length > 0 ? mean(values) : null;
}
