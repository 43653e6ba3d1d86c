import { roleNamed } from '../../../../src-shared/networks/families.ts';
import * as tf from '@tensorflow/tfjs';
import { kendallTau } from '../../../../src-shared/statistics/kendall-tau.ts';
import { weightTensors } from '../../network-tensors.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { channelLesion } from '../../lesions/channel-lesion.ts';
import { pairedEffects } from '../../lesions/paired-effect.ts';
import { scoreNetwork } from '../../lesions/score-network.ts';
import { taylorImportances, type TaylorImportance } from './taylor-terms.ts';
import type { Computation } from '../../method.ts';
import type { taylorImportanceMethod } from './index.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../../weights/kernels-of-run.ts';

/** Share of the time that the gradients take, for the progress. */
const GRADIENTS = 0.1;

export const compute: Computation<typeof taylorImportanceMethod> = async (
  subject,
  { images, batch },
  { progress, pause },
) => {
  const network = trainedNetwork(subject);
  const set = subject.evaluationSet(images);
  const weights = weightTensors(network.graph, network.weights);
  const { operations } = subject.engine;
  let importances: TaylorImportance[];
  try {
    const share = (done: number): void => progress(GRADIENTS * done);
    const { graph } = network;
    importances = await taylorImportances({
      ...{ operations, graph, weights, set, batch, pause },
      progress: share,
    });
  } finally {
    tf.dispose([...weights.values()]);
  }
  const answering = importances.filter(({ layer }) => !roleNamed(layer.role).answers);
  const channels = answering.flatMap(({ layer, channels: values }) =>
    Array.from(values, (importance, channel) => ({ layer, channel, importance })),
  );
  const changes = channels.map(({ layer, channel }) => channelLesion(layer.name, channel, 'zero', []));
  const { intact, changed } = await scoreNetwork(subject, network, set, changes, {
    pause,
    progress: (done) => progress(GRADIENTS + (1 - GRADIENTS) * done),
  });
  const ranked = channels.map((each, place) => {
    const scores = changed[place];
    if (scores === undefined) throw new Error(`no scores of channel ${each.channel} of ${each.layer.name}`);
    return { ...each, lesion: Math.abs(pairedEffects(intact, scores).lossAdded.value) };
  });
  const settings = { images: set.count, batch, batchNorm: batchNormSetting(subject.graph) };
  const agreement = (some: typeof ranked): number | null =>
    kendallTau(
      some.map(({ importance }) => importance),
      some.map(({ lesion }) => lesion),
    )?.tau ?? null;
  const results: LayerResult[] = [
    layerResult(null, { settings, measure: 'rank-correlation', value: agreement(ranked) }),
  ];
  for (const { layer, whole } of answering) {
    const own = ranked.filter((each) => each.layer === layer);
    results.push(
      layerResult(layer, { settings, measure: 'importance', value: whole }),
      layerResult(layer, { settings, measure: 'rank-correlation', value: agreement(own) }),
      ...own.map(({ channel, importance }) =>
        layerResult(layer, { settings, measure: 'importance', channel, value: importance }),
      ),
    );
  }
  return { results, files: [] };
};
