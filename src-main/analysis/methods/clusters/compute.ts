import { type Range, RANGES } from '../../../../src-shared/statistics/interval.ts';
import { poolingOf } from '../../windows/pooling-of.ts';
import { eachLayer, type LayerFeatures } from '../../each-layer.ts';
import { layerResult } from '../../layer-result.ts';
import { carryingChannels } from '../../measures/channel-energy.ts';
import { bootstrapInterval, resampledRows } from '../../measures/bootstrap.ts';
import { clusterAgreement, type ClusterAgreement } from '../../measures/cluster-agreement.ts';
import { resampleClusters } from '../../measures/cluster-scatter.ts';
import { type Clustering, kMeans } from '../../measures/k-means.ts';
import { silhouette, silhouettes } from '../../measures/silhouette.ts';
import { shuffledLabels } from '../../measures/shuffled-labels.ts';
import type { Computation } from '../../method.ts';
import type { clustersMethod } from './index.ts';
import { rowSpace } from '../../measures/choose-row-space.ts';
import type { RowSpace } from '../../measures/row-space.ts';
import type { Features } from '../../subject.ts';
import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import { toldResults } from '../../told-results.ts';

const AGREEMENTS = [
  ['cross-entropy', 'crossEntropy', RANGES['not negative']],
  ['plain cross-entropy', 'plainCrossEntropy', RANGES['not negative']],
  ['mutual information', 'mutualInformation', RANGES.share],
  ['purity', 'purity', RANGES.share],
] as const satisfies readonly (readonly [string, keyof ClusterAgreement, Range])[];

export const compute: Computation<typeof clustersMethod> = async (subject, settings, control) => {
  const { labels, count } = subject.evaluationSet(settings.images);
  const shuffled = shuffledLabels(labels);
  const classes = subject.classes.length;
  const k = settings.clusters ?? classes;
  const resamples = resampledRows(count);
  const agreement = (clusters: Int32Array, truth: Uint16Array, weights?: Uint8Array): ClusterAgreement =>
    clusterAgreement(clusters, truth, k, classes, weights);
  /** What `look` finds in the rows of the channels that are used and their clusters, the tightest first. */
  const clustered = async <Found>(
    layer: Layer,
    features: Features,
    look: (space: RowSpace, clusterings: readonly Clustering[]) => Promise<Found>,
  ): Promise<Found> => {
    const used = carryingChannels(features, layer.output[2], settings.channels);
    const space = await rowSpace(used, control.pause);
    try {
      return await look(space, await kMeans(space, k, settings.restarts, control.pause));
    } finally {
      space.dispose();
    }
  };
  const told = toldResults(control);
  const visit = async ({ layer, trained, untrained }: LayerFeatures): Promise<void> => {
    const { partitions, found, means, contributions } = await clustered(
      layer,
      trained,
      async (space, clusterings) => {
        const resampled = resampleClusters(clusterings, resamples);
        return { ...resampled, ...(await silhouettes(space, resampled.partitions, k, control.pause)) };
      },
    );
    const before = await clustered(layer, untrained, async (space, [tightest]) => {
      if (!tightest) throw new Error('k-means found no clusters');
      const { clusters } = tightest;
      return { clusters, silhouette: await silhouette(space, clusters, k, control.pause) };
    });
    const [clusters] = partitions;
    if (!clusters) throw new Error('k-means found no clusters');
    const resampled = resamples.map((weights, resample) =>
      agreement(partitions[found[resample] ?? 0] ?? clusters, labels, weights),
    );
    const [after, chance] = [agreement(clusters, labels), agreement(clusters, shuffled)];
    const beforehand = agreement(before.clusters, labels);
    const shared = { settings: { ...settings, clusters: k } };
    for (const [measure, key, range] of AGREEMENTS)
      told.push(
        layerResult(layer, {
          ...{ ...shared, measure, value: after[key] },
          interval: bootstrapInterval(
            after[key],
            resampled.map((each) => each[key]),
            range,
          ),
          baselines: { untrained: beforehand[key], 'shuffled labels': chance[key] },
        }),
      );
    const value = means[0] ?? null;
    const resampledMeans = resamples.flatMap((weights, resample) => {
      const mean = means[found[resample] ?? 0] ?? null;
      return mean === null ? [] : mean + meanChange(contributions, weights);
    });
    told.push(
      layerResult(layer, {
        ...{ ...shared, measure: 'silhouette', value },
        interval: value === null ? null : bootstrapInterval(value, resampledMeans, RANGES['signed share']),
        baselines: { untrained: before.silhouette },
      }),
    );
  };
  const pooling = await poolingOf(subject, settings, control.pause);
  await eachLayer(subject, settings.images, control, visit, pooling);
  return { results: told.results, files: [] };
};

/** By how much a mean changes where its rows count so often. */
function meanChange(contributions: Float64Array, weights: Uint8Array): number {
  const change = (sum: number, each: number, row: number): number =>
    sum + ((weights[row] as number) - 1) * each;
  return contributions.reduce(change, 0) / contributions.length;
}
