import { receptiveFields } from '../../../../src-shared/networks/receptive-field.ts';
import { boundsOf, RANGES, tInterval } from '../../../../src-shared/statistics/interval.ts';
import { layerGroups } from '../../layer-groups.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { linearProbe, splitForProbe } from '../../measures/linear-probe.ts';
import type { Computation } from '../../method.ts';
import { toldResults } from '../../told-results.ts';
import { withFeatures } from '../../with-features.ts';
import type { spatialMethod } from './index.ts';
import type { FeatureWeights, Subject } from '../../subject.ts';

export const compute: Computation<typeof spatialMethod> = async (subject, settings, control) => {
  const { progress, pause } = control;
  const { images } = settings;
  const { labels } = subject.evaluationSet(images);
  const classes = subject.classes.length;
  const split = splitForProbe(labels, classes);
  const averaged = {
    trained: await subject.features('trained', images, 'average'),
    untrained: await subject.features('untrained', images, 'average'),
  };
  const place = new Map(subject.layers.map(({ name }, index) => [name, index]));
  const spread = subject.layers.filter(({ output }) => output[0] * output[1] > 1);
  const told = toldResults(control);
  told.push(...receptiveFieldResults(subject, settings));
  let done = 0;
  for (const group of layerGroups(spread, images, '4x4', subject.featureRoom())) {
    const names = group.map(({ name }) => name);
    const probes = (weights: FeatureWeights) =>
      withFeatures(subject.features(weights, images, '4x4', names), async (grids) => {
        const found = [];
        for (const [index, grid] of grids.entries()) {
          const flat = averaged[weights][place.get(grid.layer) ?? -1];
          if (flat === undefined) throw new Error(`no averaged features of ${grid.layer}`);
          found.push({
            grid: await linearProbe(grid.read(), labels, classes, split, pause),
            flat: await linearProbe(flat.read(), labels, classes, split, pause),
          });
          const share = (index + 1) / grids.length + (weights === 'untrained' ? 1 : 0);
          progress((done + (share / 2) * grids.length) / spread.length);
        }
        return found;
      });
    const trained = await probes('trained');
    const untrained = await probes('untrained');
    done += group.length;
    for (const [index, layer] of group.entries()) {
      const after = trained[index];
      const before = untrained[index];
      if (after === undefined || before === undefined) throw new Error(`no probe of ${layer.name}`);
      const { score, shuffled, l2 } = after.grid;
      const shared = { settings: { ...settings, l2 } };
      // on the same held-out images
      const differences = score.hits.map((hit, image) => hit - (after.flat.score.hits[image] ?? 0));
      told.push(
        layerResult(layer, {
          ...shared,
          measure: 'accuracy 4x4',
          value: score.accuracy,
          interval: score.accuracyInterval,
          baselines: { untrained: before.grid.score.accuracy, 'shuffled labels': shuffled.accuracy },
        }),
        layerResult(layer, {
          ...shared,
          measure: 'cross-entropy 4x4',
          value: score.crossEntropy,
          interval: score.crossEntropyInterval,
          baselines: {
            untrained: before.grid.score.crossEntropy,
            'shuffled labels': shuffled.crossEntropy,
          },
        }),
        layerResult(layer, {
          ...shared,
          measure: 'gap',
          value: score.accuracy - after.flat.score.accuracy,
          interval: boundsOf(tInterval(differences, { range: RANGES['signed share'] })),
          baselines: {
            untrained: before.grid.score.accuracy - before.flat.score.accuracy,
            'shuffled labels': shuffled.accuracy - after.flat.shuffled.accuracy,
          },
        }),
      );
    }
  }
  return { results: told.results, files: [] };
};

function receptiveFieldResults(
  { graph, layers }: Subject,
  settings: { readonly images: number },
): LayerResult[] {
  const fields = receptiveFields(graph);
  const side = Math.max(graph.input[0], graph.input[1]);
  const sizes = layers.map((layer) => ({ layer, size: fields.get(layer.name)?.size ?? 0 }));
  const first = sizes.find(({ size }) => size > side)?.layer;
  return sizes.flatMap(({ layer, size }) => {
    const field = layerResult(layer, { settings, measure: 'receptive field / image', value: size / side });
    if (layer !== first) return [field];
    return [field, layerResult(layer, { settings, measure: 'sees the whole image', value: 1 })];
  });
}
