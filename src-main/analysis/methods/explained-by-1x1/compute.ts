import { layerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import type { explainedBy1x1Method } from './index.ts';
import { centredLayers, centreMoments } from '../../weights/centre-moments.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { trainedNetwork, untrainedNetwork } from '../../weights/kernels-of-run.ts';
import type { Moments } from '../../weights/linear-map.ts';
import { fitLinearMap } from '../../weights/linear-map.ts';

export const compute: Computation<typeof explainedBy1x1Method> = async (
  subject,
  { images, ridge },
  { progress, pause },
) => {
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
      measure: 'explained',
      value: explained(trained.get(layer.name)),
      baselines: { untrained: explained(untrained?.get(layer.name)) },
      settings,
    }),
  );
  return { results, files: [] };
};
