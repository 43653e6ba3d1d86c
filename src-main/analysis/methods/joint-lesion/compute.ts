import { mcnemarTest } from '../../../../src-shared/statistics/mcnemar-test.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { channelMeans } from '../../lesions/channel-means.ts';
import { pairedEffects } from '../../lesions/paired-effect.ts';
import { scoreNetwork } from '../../lesions/score-network.ts';
import type { ImageScores } from '../../lesions/score-changes.ts';
import { wilsonInterval } from '../../measures/wilson-interval.ts';
import type { Computation } from '../../method.ts';
import { layerNames } from '../../settings.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../../weights/kernels-of-run.ts';
import type { jointLesionMethod } from './index.ts';
import { jointLesion } from './joint-lesion.ts';
import { partsNamed } from './parts-named.ts';

/** Of the progress, that of finding the means. */
const MEANS_SHARE = 0.3;

export const compute: Computation<typeof jointLesionMethod> = async (
  subject,
  { without, part, replacement, images },
  control,
) => {
  const network = trainedNetwork(subject);
  const parts = partsNamed(network.graph, layerNames(without));
  const set = part === 'validation' ? subject.validationSet(images) : subject.evaluationSet(images);
  const share = replacement === 'mean' ? MEANS_SHARE : 0;
  const means =
    replacement === 'mean'
      ? await channelMeans(subject, network, set, parts.sources, {
          ...control,
          progress: (done) => control.progress(done * share),
        })
      : new Map<string, Float64Array>();
  const change = jointLesion(network.graph, parts, replacement, means);
  const { intact, changed } = await scoreNetwork(subject, network, set, [change], {
    ...control,
    progress: (done) => control.progress(share + done * (1 - share)),
  });
  const [ablated = intact] = changed;
  const settings = {
    ...{ without, part, replacement, images: set.count },
    batchNorm: batchNormSetting(subject.graph),
  };
  const result = (finding: Pick<LayerResult, 'measure' | 'value'> & Partial<LayerResult>): LayerResult =>
    layerResult(null, { settings, ...finding });
  const { accuracyLost, lossAdded } = pairedEffects(intact, ablated);
  const onlyIntact = countWhere(intact, ablated);
  const onlyAblated = countWhere(ablated, intact);
  return {
    results: [
      result({ measure: 'accuracy-intact', ...accuracyOf(intact) }),
      result({ measure: 'accuracy-ablated', ...accuracyOf(ablated) }),
      result({ measure: 'accuracy-lost', ...accuracyLost }),
      result({ measure: 'loss-added', ...lossAdded }),
      result({ measure: 'only-intact', value: onlyIntact }),
      result({ measure: 'only-ablated', value: onlyAblated }),
      result({ measure: 'p', value: mcnemarTest(onlyIntact, onlyAblated)?.p ?? 1 }),
    ],
    files: [],
  };
};

function accuracyOf({ correct }: ImageScores): Pick<LayerResult, 'value' | 'interval'> {
  const value = correct.reduce((sum, each) => sum + each, 0) / correct.length;
  return { value, interval: wilsonInterval(value, correct.length) };
}

/** Images that the first is right about and the second is not. */
function countWhere(first: ImageScores, second: ImageScores): number {
  return first.correct.filter((right, image) => right === 1 && second.correct[image] === 0).length;
}
