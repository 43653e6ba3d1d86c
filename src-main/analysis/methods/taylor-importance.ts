import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { kendallTau } from '../../../src-shared/statistics/kendall-tau.ts';
import { weightTensors } from '../compute-features.ts';
import { layerResult } from '../layer-result.ts';
import { channelLesion } from '../lesions/channel-lesion.ts';
import { pairedEffects } from '../lesions/paired-effect.ts';
import { scoreNetwork } from '../lesions/score-network.ts';
import { taylorImportances, type TaylorImportance } from '../lesions/taylor-importance.ts';
import { defineMethod } from '../method.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../weights/kernels-of-run.ts';

/** Share of the time that the gradients take, for the progress. */
const GRADIENTS = 0.1;

/** How well a gradient foretells what a channel's loss costs: docs/analysis/taylor-importance.md. */
export const taylorImportanceMethod = defineMethod({
  name: 'taylor-importance',
  title: 'Taylor importance',
  family: 'ablation',
  about: 'What a gradient foretells of the loss of each channel, and how well it ranks the true losses.',
  measures: [
    {
      name: 'importance',
      title: 'Taylor importance',
      kind: 'number',
      axis: '(sum of gradient x weight)²',
    },
    {
      name: 'rank-correlation',
      title: 'Agreement with the lesion',
      kind: 'number',
      axis: 'Kendall’s tau-b of importance and |loss added| at zero',
    },
  ],
  settings: z.strictObject({
    images: z.int().min(20).max(100_000).default(200).describe('images of gradients and lesions'),
    batch: z.int().min(1).max(1000).default(20).describe('images of one gradient'),
  }),
  async run(subject, { images, batch }, { progress, pause }) {
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
    const answering = importances.filter(({ layer }) => layer.role !== 'classifier');
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
    const shared = { method: 'taylor-importance', settings };
    const agreement = (some: typeof ranked): number | null =>
      kendallTau(
        some.map(({ importance }) => importance),
        some.map(({ lesion }) => lesion),
      )?.tau ?? null;
    const results: AnalysisResult[] = [
      {
        ...{ ...shared, layer: null, role: null, channel: null, interval: null, baselines: {} },
        ...{ measure: 'rank-correlation', value: agreement(ranked) },
      },
    ];
    for (const { layer, whole } of answering) {
      const own = ranked.filter((each) => each.layer === layer);
      results.push(
        layerResult(layer, { ...shared, measure: 'importance', value: whole }),
        layerResult(layer, { ...shared, measure: 'rank-correlation', value: agreement(own) }),
        ...own.map(({ channel, importance }) =>
          layerResult(layer, { ...shared, measure: 'importance', channel, value: importance }),
        ),
      );
    }
    return { results, files: [] };
  },
});
