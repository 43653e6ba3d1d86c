import { layerResult } from '../layer-result.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { ExplainedBy1x1Settings } from '../methods/explained-by-1x1.ts';
import type { Subject } from '../subject.ts';
import { centredLayers, centreMoments } from '../weights/centre-moments.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { trainedNetwork, untrainedNetwork } from '../weights/kernels-of-run.ts';
import type { Moments } from '../weights/linear-map.ts';
import { fitLinearMap } from '../weights/linear-map.ts';

/** Computes `explainedBy1x1Method`. */
export async function computeExplainedBy1x1(
  subject: Subject,
  { images, ridge }: ExplainedBy1x1Settings,
  { progress, pause }: MethodControl,
): Promise<MethodOutput> {
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
}
