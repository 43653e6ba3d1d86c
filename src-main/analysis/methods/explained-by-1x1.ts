import { z } from 'zod';
import type { Moments } from '../weights/linear-map.ts';
import { layerResult } from '../layer-result.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';
import { centredLayers, centreMoments } from '../weights/centre-moments.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { trainedNetwork, untrainedNetwork } from '../weights/kernels-of-run.ts';
import { fitLinearMap } from '../weights/linear-map.ts';

/** How much of a 3x3 a 1x1 could do on real images: docs/analysis/explained-by-1x1.md. */
export const explainedBy1x1Method = defineMethod({
  name: 'explained-by-1x1',
  title: '3x3 explained by a 1x1',
  family: 'weights',
  about: 'How much of the variance of a 3x3 convolution the best 1x1 on the same input explains.',
  measures: [
    {
      name: 'explained',
      title: 'Variance explained by a 1x1',
      kind: 'share',
      axis: 'R² of the best 1x1',
    },
  ],
  settings: z.strictObject({
    images: imagesSetting,
    ridge: z.number().gt(0).max(1).default(1e-6).describe('lambda as a share of the inputs’ mean variance'),
  }),
  async run(subject, { images, ridge }, { progress, pause }) {
    const set = subject.evaluationSet(images);
    const before = untrainedNetwork(subject);
    const passes = before === null ? 1 : 2;
    const share = (pass: number) => ({
      pause,
      progress: (done: number): void => progress((pass + done) / passes),
    });
    const network = trainedNetwork(subject);
    const trained = await centreMoments(subject, network, set, share(0));
    const untrained = before && (await centreMoments(subject, before, set, share(1)));
    const explained = (moments: Moments | undefined): number | null =>
      moments === undefined ? null : fitLinearMap(moments, ridge).explained;
    const settings = { images: set.count, ridge, batchNorm: batchNormSetting(subject.graph) };
    const results = centredLayers(network.graph).map((layer) =>
      layerResult(layer, {
        method: 'explained-by-1x1',
        measure: 'explained',
        value: explained(trained.get(layer.name)),
        baselines: { untrained: explained(untrained?.get(layer.name)) },
        settings,
      }),
    );
    return { results, files: [] };
  },
});
