import { createHash } from 'node:crypto';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { clusterAgreement } from '../../measures/cluster-agreement.ts';
import { resampledRows } from '../../measures/bootstrap.ts';
import { forestLogLosses, type HeldOut } from '../../measures/column-forest.ts';
import { splitForProbe } from '../../measures/linear-probe.ts';
import { columnOf } from '../../measures/matrix.ts';
import { optimalPartition } from '../../measures/optimal-partition.ts';
import { shuffledLabels } from '../../measures/shuffled-labels.ts';
import type { Computation } from '../../method.ts';
import type { channelEntropyMethod } from './index.ts';

const FORMS = [
  ['cross-entropy', 'crossEntropy'],
  ['plain cross-entropy', 'plainCrossEntropy'],
] as const;

export const compute: Computation<typeof channelEntropyMethod> = async (
  subject,
  settings,
  { progress, pause },
) => {
  const { images, clusters: k, trees, depth } = settings;
  const { labels } = subject.evaluationSet(images);
  const shuffled = shuffledLabels(labels);
  const classes = subject.classes.length;
  const parts = heldOut(labels, classes);
  const draws = resampledRows(parts.grown.length).slice(0, trees);
  const lookAt = (column: Float32Array): ChannelEntropies => {
    const clusters = optimalPartition(column, k);
    const [own, chance] = [labels, shuffled].map((truth) => clusterAgreement(clusters, truth, k, classes));
    if (own === undefined || chance === undefined) throw new Error('two labelings have two results');
    const found = FORMS.map(([measure, key]) => ({ measure, value: own[key], chance: chance[key] }));
    if (trees === 0) return found;
    const forests = forestLogLosses(column, [labels, shuffled], { classes, parts, draws, depth });
    const [value = NaN, byChance = NaN] = forests;
    return [...found, { measure: 'forest cross-entropy', value, chance: byChance }];
  };
  const known = new Map<string, ChannelEntropies>();
  const features = await subject.features('trained', images, 'average');
  const total = features.reduce((sum, { columns }) => sum + columns, 0);
  const results: LayerResult[] = [];
  let done = 0;
  for (const [index, layer] of subject.layers.entries()) {
    const found = features[index]?.read();
    if (found === undefined) throw new Error(`no features of ${layer.name}`);
    for (let channel = 0; channel < found.columns; channel++) {
      const column = columnOf(found, channel);
      // a concatenation has the channels of what it is of
      const key = createHash('sha256').update(column).digest('base64');
      const entropies = known.get(key) ?? lookAt(column);
      known.set(key, entropies);
      for (const { measure, value, chance } of entropies)
        results.push(
          layerResult(layer, {
            ...{ measure, channel, settings, value },
            baselines: { 'shuffled labels': chance },
          }),
        );
      progress(++done / total);
      await pause();
    }
  }
  return { results, files: [] };
};

/** What is found of a channel. */
type ChannelEntropies = readonly {
  readonly measure: string;
  readonly value: number;
  readonly chance: number;
}[];

/** The fifth of each class on which probes are judged, too. */
function heldOut(labels: Uint16Array, classes: number): HeldOut {
  const { order, fitted, validated } = splitForProbe(labels, classes);
  return { grown: order.subarray(0, fitted + validated), judged: order.subarray(fitted + validated) };
}
