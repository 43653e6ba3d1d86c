import { branchLesion } from './branch-lesion.ts';
import { branchesOf } from '../../../../src-shared/networks/branches.ts';
import { effectResults, effectResultsPerCost } from '../../lesions/effect-results.ts';
import { layerMeans } from '../../lesions/layer-means.ts';
import { pairedEffects } from '../../lesions/paired-effect.ts';
import { REPLACEMENTS } from '../../lesions/replacement.ts';
import { scoreNetwork } from '../../lesions/score-network.ts';
import type { Computation } from '../../method.ts';
import type { lesionMethod } from './index.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../../weights/kernels-of-run.ts';

export const compute: Computation<typeof lesionMethod> = async (subject, { images }, control) => {
  const means = await layerMeans(subject, images);
  const network = trainedNetwork(subject);
  const lesions = branchesOf(subject.graph).flatMap((branch) =>
    REPLACEMENTS.map((replacement) => ({
      branch,
      replacement,
      change: branchLesion(network.graph, branch, replacement, means(branch.source)),
    })),
  );
  const changes = lesions.map(({ change }) => change);
  const set = subject.evaluationSet(images);
  const { intact, changed } = await scoreNetwork(subject, network, set, changes, control);
  const settings = { images: set.count, batchNorm: batchNormSetting(subject.graph) };
  const results = lesions.flatMap(({ branch, replacement }, index) => {
    const scores = changed[index];
    if (scores === undefined) throw new Error(`no scores of ${branch.name}`);
    const effects = pairedEffects(intact, scores);
    const kind = replacement === 'mean' ? undefined : replacement;
    return [
      ...effectResults(branch, { settings }, effects, kind),
      ...effectResultsPerCost(branch, { settings }, effects, branch, kind),
    ];
  });
  return { results, files: [] };
};
