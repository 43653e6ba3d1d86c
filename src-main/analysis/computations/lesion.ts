import { branchLesion } from '../lesions/branch-lesion.ts';
import { branchesOf } from '../lesions/branches.ts';
import { effectResults, effectResultsPerCost } from '../lesions/effect-results.ts';
import { layerMeans } from '../lesions/layer-means.ts';
import { pairedEffects } from '../lesions/paired-effect.ts';
import { REPLACEMENTS } from '../lesions/replacement.ts';
import { scoreNetwork } from '../lesions/score-network.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { LesionSettings } from '../methods/lesion.ts';
import type { Subject } from '../subject.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../weights/kernels-of-run.ts';

/** Computes `lesionMethod`. */
export async function computeLesion(
  subject: Subject,
  { images }: LesionSettings,
  control: MethodControl,
): Promise<MethodOutput> {
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
    const shared = { method: 'lesion', settings };
    return [
      ...effectResults(branch, shared, effects, kind),
      ...effectResultsPerCost(branch, shared, effects, branch, kind),
    ];
  });
  return { results, files: [] };
}
