import { CENTRE_KERNELS, centreKernelValues } from './centre-kernels.ts';
import { effectResults } from '../../lesions/effect-results.ts';
import { pairedEffects } from '../../lesions/paired-effect.ts';
import { scoreNetwork } from '../../lesions/score-network.ts';
import { weightChange } from '../../lesions/weight-change.ts';
import type { Computation } from '../../method.ts';
import type { replace3x3Method } from './index.ts';
import { centredLayers, centreMoments } from '../../weights/centre-moments.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../../weights/kernels-of-run.ts';
import { fitLinearMap } from '../../weights/linear-map.ts';

/** Share of the time that fitting the maps takes, for the progress. */
const FITTING = 0.2;

export const compute: Computation<typeof replace3x3Method> = async (
  subject,
  { images, fitImages, ridge },
  { progress, pause },
) => {
  const network = trainedNetwork(subject);
  const layers = centredLayers(network.graph);
  const fitSet = subject.trainingSet(fitImages);
  const moments = await centreMoments(subject, network, fitSet, {
    pause,
    progress: (share) => progress(FITTING * share),
  });
  const fitted = layers.map((layer) => {
    const found = moments.get(layer.name);
    if (found === undefined) throw new Error(`no moments of ${layer.name}`);
    return { layer, map: fitLinearMap(found, ridge) };
  });
  const subsets = [...fitted.map((each) => [each]), ...(fitted.length > 1 ? [fitted] : [])];
  const replacements = subsets.flatMap((replaced) =>
    CENTRE_KERNELS.map((kind) => {
      const values = replaced.flatMap(({ layer, map }) => [
        ...centreKernelValues(layer, network.weights, kind, map),
      ]);
      return { replaced, kind, change: weightChange(network.graph, new Map(values)) };
    }),
  );
  const set = subject.evaluationSet(images);
  const settings = {
    ...{ images: set.count, fitImages: fitSet.count, ridge },
    batchNorm: batchNormSetting(subject.graph),
  };
  const changes = replacements.map(({ change }) => change);
  const { intact, changed } = await scoreNetwork(subject, network, set, changes, {
    pause,
    progress: (share) => progress(FITTING + (1 - FITTING) * share),
  });
  const results = replacements.flatMap(({ replaced, kind }, index) => {
    const scores = changed[index];
    if (scores === undefined) throw new Error(`no scores of replacement ${index}`);
    const [only] = replaced.length === 1 ? replaced : [];
    return effectResults(only?.layer ?? null, { settings }, pairedEffects(intact, scores), kind);
  });
  return { results, files: [] };
};
