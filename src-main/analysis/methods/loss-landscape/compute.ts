import { extent } from 'd3-array';
import { significant } from '../../../../src-shared/numbers.ts';
import { boundsOf, RANGES, tInterval } from '../../../../src-shared/statistics/interval.ts';
import { csv } from '../../../files/csv.ts';
import { filterDirection } from './filter-direction.ts';
import { planeLosses, type PlaneLosses } from './plane-losses.ts';
import { gridCoordinates, planeNumbers } from './plane-numbers.ts';
import { layerResult } from '../../layer-result.ts';
import { MEASURES, type lossLandscapeMethod } from './index.ts';
import type { Computation, MethodControl } from '../../method.ts';
import { risingColours } from '../../pictures/colour-map.ts';
import { enlargeTo, type Picture } from '../../pictures/picture.ts';
import { fileStem, pictureFile } from '../../pictures/picture-file.ts';
import { tile } from '../../pictures/tile.ts';
import type { Subject, WeightValues } from '../../subject.ts';

/** Pixels of a plane's side. */
const SIDE = 240;

export const compute: Computation<typeof lossLandscapeMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const coordinates = gridCoordinates(settings.points, settings.extent);
  const half = (from: number) => ({ pause, progress: (share: number) => progress(from + share / 2) });
  const after = await planeOf(subject, subject.weights('last'), coordinates, settings, half(0));
  const before = await planeOf(subject, subject.untrainedWeights(), coordinates, settings, half(0.5));
  const classes = subject.classes.length;
  const numbers = planeNumbers(after.losses, coordinates, classes);
  const untrained = planeNumbers(before.losses, coordinates, classes);
  const { count } = subject.evaluationSet(settings.images);
  const used = { ...settings, images: count, batchNorm: batchNormOf(subject) };
  const results = MEASURES.map(({ name, key }) =>
    layerResult(null, {
      ...{ measure: name, settings: used },
      value: numbers[key],
      interval:
        key === 'loss' ? boundsOf(tInterval([...after.own], { range: RANGES['not negative'] })) : null,
      baselines: { untrained: untrained[key] },
    }),
  );
  const planes = [after.losses, before.losses];
  const range = rangeOf(planes);
  const title = `Loss of ${count} test images around the trained weights (left) and around the untrained ones (right), along two random directions (seed ${settings.seed}) scaled to the norm of each filter: from ${-settings.extent} to ${settings.extent} norms, ${settings.points} x ${settings.points} points, the network itself at the centre. Colours show the logarithm of the loss, from ${significant(Math.exp(range[0]), 3)} (dark) to ${significant(Math.exp(range[1]), 3)} (light).`;
  const drawn = planes.map((losses) => planePicture(losses, settings.points, range));
  const rows = [...after.losses].map((loss, at) => [
    ...[coordinates[at % settings.points], coordinates[Math.floor(at / settings.points)]],
    ...[loss, before.losses[at]],
  ]);
  return {
    results,
    files: [
      await pictureFile(tile([drawn], 8), { layer: null, title }),
      {
        file: `${fileStem('network', 'losses')}.csv`,
        kind: 'array',
        mediaType: 'text/csv',
        layer: null,
        title: `Loss of ${count} test images by position on the plane, trained and untrained.`,
        bytes: new TextEncoder().encode(csv(['first', 'second', 'trained', 'untrained'], rows)),
      },
    ],
  };
};

async function planeOf(
  subject: Subject,
  weights: WeightValues,
  coordinates: readonly number[],
  { images, seed }: { readonly images: number; readonly seed: number },
  control: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<PlaneLosses> {
  const { graph, engine } = subject;
  const directions = [
    filterDirection(graph, weights, seed, 0),
    filterDirection(graph, weights, seed, 1),
  ] as const;
  const set = subject.evaluationSet(images);
  const { operations } = engine;
  return planeLosses({ operations, graph, weights, directions, coordinates, set }, control);
}

function batchNormOf({ graph }: Pick<Subject, 'graph'>): string {
  const has = graph.layers.some((layer) => layer.weights.some(({ kind }) => kind === 'moving mean'));
  return has ? 'moving statistics' : 'none';
}

/** Logarithms of the lowest and highest loss that are finite and positive. */
function rangeOf(planes: readonly Float64Array[]): readonly [low: number, high: number] {
  const logarithms = planes.flatMap((losses) => [...losses].map(Math.log)).filter(Number.isFinite);
  const [low = 0, high = 0] = extent(logarithms);
  return [low, high];
}

/** The first direction to the right, the second upwards. */
function planePicture(losses: Float64Array, side: number, range: readonly [number, number]): Picture {
  const upwards = Array.from({ length: side }, (_, row) =>
    Array.from(losses.subarray((side - 1 - row) * side, (side - row) * side), Math.log),
  );
  return enlargeTo(risingColours(upwards.flat(), side, range), SIDE);
}
