import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { layerResult } from '../layer-result.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import { MEASURES } from '../methods/weight-ranks.ts';
import type { Subject } from '../subject.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { kernelsOfRun } from '../weights/kernels-of-run.ts';
import { filterVectors, type LayerKernel } from '../weights/layer-kernel.ts';
import { matrixRanks } from '../weights/matrix-ranks.ts';
import { randomKernel } from '../weights/random-filters.ts';

/** Computes `weightRanksMethod`. */
export async function computeWeightRanks(
  subject: Subject,
  { progress, pause }: MethodControl,
): Promise<MethodOutput> {
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
}

function ranksOf(kernel: LayerKernel): ReturnType<typeof matrixRanks> {
  return matrixRanks(filterVectors(kernel));
}
