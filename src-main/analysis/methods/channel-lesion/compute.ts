import { roleNamed } from '../../../../src-shared/networks/families.ts';
import { networkCost } from '../../../../src-shared/networks/costs.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { isSliding, type Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import { channelLesion } from '../../lesions/channel-lesion.ts';
import { effectResults, effectResultsPerCost, type OwnCost } from '../../lesions/effect-results.ts';
import { layerMeans } from '../../lesions/layer-means.ts';
import { pairedEffects } from '../../lesions/paired-effect.ts';
import { scoreNetwork } from '../../lesions/score-network.ts';
import type { Computation } from '../../method.ts';
import type { channelLesionMethod } from './index.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../../weights/kernels-of-run.ts';

export const compute: Computation<typeof channelLesionMethod> = async (
  subject,
  { images, replacement },
  control,
) => {
  const means = await layerMeans(subject, images);
  const channels = lesionedChannels(subject.graph);
  const changes = channels.map(({ layer, channel }) =>
    channelLesion(layer.name, channel, replacement, means(layer.name)),
  );
  const set = subject.evaluationSet(images);
  const { intact, changed } = await scoreNetwork(subject, trainedNetwork(subject), set, changes, control);
  const settings = { images: set.count, replacement, batchNorm: batchNormSetting(subject.graph) };
  const results = channels.flatMap(({ layer, channel, cost }, index) => {
    const scores = changed[index];
    if (scores === undefined) throw new Error(`no scores of channel ${channel} of ${layer.name}`);
    const shared = { channel, settings };
    const effects = pairedEffects(intact, scores);
    return [...effectResults(layer, shared, effects), ...effectResultsPerCost(layer, shared, effects, cost)];
  });
  return { results, files: [] };
};

interface LesionedChannel {
  readonly layer: Layer;
  readonly channel: number;
  /** The layer's, divided by its channels: those of one filter. */
  readonly cost: OwnCost;
}

/** The channels of all convolutions but the classifier, whose channels are the answers. */
function lesionedChannels(graph: Graph): LesionedChannel[] {
  const costs = new Map(networkCost(graph).layers.map((cost) => [cost.name, cost]));
  return graph.layers
    .filter((layer) => isSliding(layer) && !roleNamed(layer.role).answers)
    .flatMap((layer) => {
      const channels = layer.output[2];
      const { parameters = 0, macs = 0 } = costs.get(layer.name) ?? {};
      const cost = { parameters: parameters / channels, macs: macs / channels };
      return Array.from({ length: channels }, (_, channel) => ({ layer, channel, cost }));
    });
}
