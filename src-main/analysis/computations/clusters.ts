import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { clusterAgreement, type ClusterAgreement } from '../measures/cluster-agreement.ts';
import { kMeans } from '../measures/k-means.ts';
import { silhouette } from '../measures/silhouette.ts';
import { shuffledLabels } from '../measures/shuffled-labels.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { ClustersSettings } from '../methods/clusters.ts';
import type { Subject, Features } from '../subject.ts';

const AGREEMENTS = [
  ['cross-entropy', 'crossEntropy'],
  ['mutual information', 'mutualInformation'],
  ['purity', 'purity'],
] as const satisfies readonly (readonly [string, keyof ClusterAgreement])[];

/** Computes `clustersMethod`. */
export async function computeClusters(
  subject: Subject,
  settings: ClustersSettings,
  control: MethodControl,
): Promise<MethodOutput> {
  const { labels } = subject.evaluationSet(settings.images);
  const shuffled = shuffledLabels(labels);
  const classes = subject.classes.length;
  const examine = async (features: Features) => {
    const found = await kMeans(features, classes, settings.restarts, control.pause);
    const agreement = (truth: Uint16Array): ClusterAgreement =>
      clusterAgreement(found.clusters, truth, classes, classes);
    return {
      found: agreement(labels),
      chance: agreement(shuffled),
      silhouette: silhouette(features, found.clusters, classes),
    };
  };
  const results: AnalysisResult[] = [];
  await eachLayer(subject, settings.images, 'average', control, async ({ layer, trained, untrained }) => {
    const after = await examine(trained);
    const before = await examine(untrained);
    const shared = { method: 'clusters', settings: { ...settings, clusters: classes } };
    for (const [measure, key] of AGREEMENTS)
      results.push(
        layerResult(layer, {
          ...shared,
          measure,
          value: after.found[key],
          baselines: { untrained: before.found[key], 'shuffled labels': after.chance[key] },
        }),
      );
    results.push(
      layerResult(layer, {
        ...shared,
        measure: 'silhouette',
        value: after.silhouette,
        baselines: { untrained: before.silhouette },
      }),
    );
  });
  return { results, files: [] };
}
