import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { layerResult } from '../layer-result.ts';
import { defineMethod } from '../method.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { kernelsOfRun } from '../weights/kernels-of-run.ts';
import { filterVectors, type LayerKernel } from '../weights/layer-kernel.ts';
import { matrixRanks } from '../weights/matrix-ranks.ts';
import { randomKernel } from '../weights/random-filters.ts';

const MEASURES = [
  { name: 'stable-rank', of: 'stable', title: 'Stable rank', axis: 'stable rank / min(O, I k k)' },
  {
    name: 'effective-rank',
    of: 'effective',
    title: 'Effective rank',
    axis: 'effective rank / min(O, I k k)',
  },
] as const;

/** How many directions the filters of a layer span: docs/analysis/weight-ranks.md. */
export const weightRanksMethod = defineMethod({
  name: 'weight-ranks',
  title: 'Ranks of the weights',
  family: 'weights',
  about: 'How many of the directions that its shape allows the filters of a layer really use.',
  measures: MEASURES.map(({ name, title, axis }) => ({ name, title, axis, kind: 'share' })),
  settings: z.object({}),
  async run(subject, _settings, { progress, pause }) {
    const kernels = kernelsOfRun(subject);
    const results: AnalysisResult[] = [];
    for (const [place, { trained, untrained }] of kernels.entries()) {
      const ranks = ranksOf(trained);
      const before = untrained && ranksOf(untrained);
      const random = ranksOf(randomKernel(trained, 0));
      for (const { name, of } of MEASURES) {
        results.push(
          layerResult(trained.layer, {
            method: 'weight-ranks',
            measure: name,
            value: ranks && ranks[of] / ranks.largest,
            baselines: {
              untrained: before && before[of] / before.largest,
              random: random && random[of] / random.largest,
            },
            settings: { batchNorm: batchNormSetting(subject.graph), largest: ranks?.largest ?? null },
          }),
        );
      }
      progress((place + 1) / kernels.length);
      await pause();
    }
    return { results, files: [] };
  },
});

function ranksOf(kernel: LayerKernel): ReturnType<typeof matrixRanks> {
  return matrixRanks(filterVectors(kernel));
}
