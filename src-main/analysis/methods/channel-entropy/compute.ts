import { layerResult, type LayerResult } from '../../layer-result.ts';
import { clusterAgreement } from '../../measures/cluster-agreement.ts';
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
  const { images, clusters: k } = settings;
  const { labels } = subject.evaluationSet(images);
  const shuffled = shuffledLabels(labels);
  const classes = subject.classes.length;
  const features = await subject.features('trained', images, 'average');
  const total = features.reduce((sum, { columns }) => sum + columns, 0);
  const results: LayerResult[] = [];
  let done = 0;
  for (const [index, layer] of subject.layers.entries()) {
    const found = features[index]?.read();
    if (found === undefined) throw new Error(`no features of ${layer.name}`);
    for (let channel = 0; channel < found.columns; channel++) {
      const clusters = optimalPartition(columnOf(found, channel), k);
      const own = clusterAgreement(clusters, labels, k, classes);
      const chance = clusterAgreement(clusters, shuffled, k, classes);
      for (const [measure, key] of FORMS)
        results.push(
          layerResult(layer, {
            ...{ measure, channel, settings, value: own[key] },
            baselines: { 'shuffled labels': chance[key] },
          }),
        );
      progress(++done / total);
      await pause();
    }
  }
  return { results, files: [] };
};
