import { layerResult, type LayerResult } from '../../layer-result.ts';
import { clusterAgreement } from '../../measures/cluster-agreement.ts';
import { resampledRows } from '../../measures/bootstrap.ts';
import { forestLogLoss, type HeldOut } from '../../measures/column-forest.ts';
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
      if (trees > 0) {
        const forest = (truth: Uint16Array): number =>
          forestLogLoss(columnOf(found, channel), truth, classes, parts, draws, depth);
        results.push(
          layerResult(layer, {
            ...{ measure: 'forest cross-entropy', channel, settings, value: forest(labels) },
            baselines: { 'shuffled labels': forest(shuffled) },
          }),
        );
      }
      progress(++done / total);
      await pause();
    }
  }
  return { results, files: [] };
};

/** The fifth of each class on which probes are judged, too. */
function heldOut(labels: Uint16Array, classes: number): HeldOut {
  const { order, fitted, validated } = splitForProbe(labels, classes);
  return { grown: order.subarray(0, fitted + validated), judged: order.subarray(fitted + validated) };
}
