import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import type { EvaluationSet, Subject, WeightValues } from '../../subject.ts';
import type { topImagesMethod } from './index.ts';
import { type ChannelRow, rowGradients } from './channel-row.ts';
import { classNamed } from '../../class-named.ts';
import { imagesOfClass } from '../../evaluation-set.ts';
import { chosenLayers, hasPlaces } from '../../pictures/chosen-layers.ts';
import { fieldGrids } from '../../pictures/field-window.ts';
import { gradientPass } from '../../pictures/explanation-pass.ts';
import { gradientColours } from '../../pictures/gradient-colours.ts';
import { findStrongest } from '../../pictures/find-strongest.ts';
import { gridFiles } from './grid-files.ts';

export const compute: Computation<typeof topImagesMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const { channels: most, top } = settings;
  const label = settings.class === '' ? null : classNamed(subject, settings.class);
  const all = subject.evaluationSet(settings.images);
  const set = label === null ? all : imagesOfClass(all, label);
  const layers = chosenLayers(subject, settings.layers, hasPlaces);
  const grids = fieldGrids(subject.graph);
  const strongestWith = (weights: WeightValues, from: number, to: number) =>
    findStrongest(subject, {
      ...{ weights, set, layers, top },
      step: (share) => {
        progress(from + (to - from) * share);
        return pause();
      },
    });
  // among the images of one class there is no purity to compare
  const [half, begun] = label === null ? [0.4, 0.8] : [0, 0.2];
  const untrained = label === null ? await strongestWith(subject.untrainedWeights(), 0, half) : null;
  const trained = await strongestWith(subject.weights('last'), half, begun);
  const results: LayerResult[] = [];
  const files: WrittenFile[] = [];
  for (const [place, layer] of layers.entries()) {
    const count = layer.output[2];
    const found = trained.get(layer.name);
    const grid = grids.get(layer.name);
    if (!found || !grid) throw new Error(`no strongest images of ${layer.name}`);
    const channels =
      label === null
        ? Array.from({ length: Math.min(most, count) }, (_, channel) => channel)
        : found.strongestChannels(most);
    const plain = channels.map((channel) => ({ channel, images: found.of(channel), gradients: [] }));
    const rows = label === null ? plain : await withGradients(plain, { subject, layer, set }, pause);
    const rowsAre =
      label === null
        ? `one row for each of the first ${channels.length} of ${count} channels, the strongest of ${set.count} test images first; black: never above 0`
        : rowsOfClass({ channels, count, top, set, named: subject.classes[label] ?? '' });
    files.push(...(await gridFiles(subject, { layer, grid, set, rows, rowsAre })));
    const before = untrained?.get(layer.name);
    if (before !== undefined)
      results.push(
        layerResult(layer, {
          measure: 'class-purity',
          value: found.meanPurity(set.labels),
          baselines: { untrained: before.meanPurity(set.labels) },
          settings,
        }),
      );
    progress(begun + ((1 - begun) * (place + 1)) / layers.length);
    await pause();
  }
  return { results, files };
};

interface GradientSource {
  readonly subject: Subject;
  readonly layer: Layer;
  readonly set: EvaluationSet;
}

/** Drawn row by row: as numbers those of all rows would take four times the memory. */
async function withGradients(
  rows: readonly ChannelRow[],
  { subject, layer, set }: GradientSource,
  pause: () => Promise<void>,
): Promise<ChannelRow[]> {
  const images = rows.reduce((sum, row) => sum + row.images.length, 0);
  if (images === 0) return [...rows];
  const pass = gradientPass(subject, { layer: layer.name, guided: true, images });
  try {
    pass.writeWeights(subject.weights('last'));
    const drawn: ChannelRow[] = [];
    for (const row of rows) {
      const gradients = await rowGradients(row, { set, pass }, pause);
      const { input } = subject.graph;
      drawn.push({ ...row, gradients: gradients.map((values) => gradientColours(values, input)) });
    }
    return drawn;
  } finally {
    pass.close();
  }
}

interface ClassRows {
  readonly channels: readonly number[];
  /** Of the layer. */
  readonly count: number;
  readonly top: number;
  readonly set: EvaluationSet;
  readonly named: string;
}

function rowsOfClass({ channels, count, top, set, named }: ClassRows): string {
  if (channels.length === 0)
    return `none of the ${count} channels is above 0 on an image of the class ${named}`;
  const few = set.count < top ? `, which are fewer than the ${top} asked for` : '';
  return `one row for each of the ${channels.length} of ${count} channels whose ${Math.min(top, set.count)} strongest responses to images of the class ${named} have the greatest sum, in this order: ${channels.join(', ')} (counted from 0); a response is the largest output over all positions; the strongest of ${set.count} test images of the class first${few}`;
}
