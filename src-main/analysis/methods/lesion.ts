import { z } from 'zod';
import { branchLesion } from '../lesions/branch-lesion.ts';
import { branchesOf } from '../lesions/branches.ts';
import {
  effectMeasures,
  effectMeasuresPerCost,
  effectResults,
  effectResultsPerCost,
} from '../lesions/effect-results.ts';
import { layerMeans } from '../lesions/layer-means.ts';
import { pairedEffects } from '../lesions/paired-effect.ts';
import { REPLACEMENTS, type Replacement } from '../lesions/replacements.ts';
import { scoreNetwork } from '../lesions/score-network.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { trainedNetwork } from '../weights/kernels-of-run.ts';

const WORDS: Record<Replacement, string> = {
  mean: 'branch at its mean',
  zero: 'branch at zero',
  resample: 'branch of another image',
};

/** What the network loses without each of its branches: docs/analysis/lesion.md. */
export const lesionMethod = defineMethod({
  name: 'lesion',
  title: 'Lesion of branches',
  family: 'ablation',
  about:
    'What the network loses without each expand branch, bypass or other branch, and per parameter and MAC.',
  measures: [
    ...effectMeasures(WORDS.mean),
    ...effectMeasuresPerCost(),
    ...effectMeasures(WORDS.zero, 'zero'),
    ...effectMeasures(WORDS.resample, 'resample'),
  ],
  settings: z.strictObject({ images: imagesSetting }),
  async run(subject, { images }, control) {
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
      const place = { method: 'lesion', layer: branch.name, role: branch.role, channel: null, settings };
      const effects = pairedEffects(intact, scores);
      return replacement === 'mean'
        ? [...effectResults(place, effects), ...effectResultsPerCost(place, effects, branch)]
        : effectResults(place, effects, replacement);
    });
    return { results, files: [] };
  },
});
