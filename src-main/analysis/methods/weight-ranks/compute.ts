import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import { MEASURES, type weightRanksMethod } from './index.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { kernelsOfRun } from '../../weights/kernels-of-run.ts';
import { filterVectors, type LayerKernel } from '../../weights/layer-kernel.ts';
import { matrixRanks } from './matrix-ranks.ts';
import { randomKernel } from '../../weights/random-filters.ts';

export const compute: Computation<typeof weightRanksMethod> = async (
  subject,
  _settings,
  { progress, pause },
) => {
  const kernels = kernelsOfRun(subject);
  const results: LayerResult[] = [];
  for (const [place, { trained, untrained }] of kernels.entries()) {
    const ranks = ranksOf(trained);
    const before = untrained && ranksOf(untrained);
    const random = ranksOf(randomKernel(trained, 0));
    for (const { name, of } of MEASURES) {
      results.push(
        layerResult(trained.layer, {
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
};

function ranksOf(kernel: LayerKernel): ReturnType<typeof matrixRanks> {
  return matrixRanks(filterVectors(kernel));
}
