import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { clusterAgreement, type ClusterAgreement } from '../measures/cluster-agreement.ts';
import { kMeans } from '../measures/k-means.ts';
import { asMatrix } from '../measures/matrix.ts';
import { silhouette } from '../measures/silhouette.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';
import type { Features } from '../subject.ts';

const AGREEMENTS = [
  ['cross-entropy', 'crossEntropy'],
  ['mutual information', 'mutualInformation'],
  ['purity', 'purity'],
] as const satisfies readonly (readonly [string, keyof ClusterAgreement])[];

/** Cross-entropy across layers, k-means form: docs/analysis/clusters.md. */
export const clustersMethod = defineMethod({
  name: 'clusters',
  title: 'Clusters',
  family: 'representation',
  about: 'How well as many clusters as there are classes, found without labels, tell the classes.',
  measures: [
    {
      name: 'cross-entropy',
      title: 'Cluster cross-entropy',
      kind: 'number',
      axis: 'cross-entropy of k-means clusters / ln(classes)',
    },
    {
      name: 'mutual information',
      title: 'Normalised mutual information',
      kind: 'share',
      axis: '2 I / (H of classes + H of clusters)',
    },
    { name: 'purity', title: 'Purity', kind: 'share', axis: 'share of the most frequent class' },
    { name: 'silhouette', title: 'Silhouette', kind: 'number', axis: 'mean silhouette of the clusters' },
  ],
  settings: z.strictObject({ images: imagesSetting, restarts: z.int().min(1).max(100).default(10) }),
  run: async (subject, settings, control) => {
    const { labels } = subject.evaluationSet(settings.images);
    const shuffled = randomStream(0, 'shuffled labels').shuffle(Uint16Array.from(labels));
    const classes = subject.classes.length;
    const examine = async (features: Features) => {
      const matrix = asMatrix(features);
      const found = await kMeans(matrix, classes, settings.restarts, control.pause);
      const agreement = (truth: Uint16Array): ClusterAgreement =>
        clusterAgreement(found.clusters, truth, classes, classes);
      return {
        found: agreement(labels),
        chance: agreement(shuffled),
        silhouette: silhouette(matrix, found.clusters, classes),
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
  },
});
