import { layerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import { MEASURES, type weightRanksMethod } from './index.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { kernelsOfRun } from '../../weights/kernels-of-run.ts';
import { filterVectors, type LayerKernel } from '../../weights/layer-kernel.ts';
import { toldResults } from '../../told-results.ts';
import { matrixRanks } from './matrix-ranks.ts';
import { randomKernel } from '../../weights/random-filters.ts';

export const compute: Computation<typeof weightRanksMethod> = async (subject, _settings, control) => {
  const kernels = kernelsOfRun(subject);
  const told = toldResults(control);
  for (const [place, { trained, untrained }] of kernels.entries()) {
    const ranks = ranksOf(trained);
    const before = untrained && ranksOf(untrained);
    const random = ranksOf(randomKernel(trained, 0));
    for (const { name, of } of MEASURES) {
      told.push(
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
    control.progress((place + 1) / kernels.length);
    await control.pause();
  }
  return { results: told.results, files: [] };
};

function ranksOf(kernel: LayerKernel): ReturnType<typeof matrixRanks> {
  return matrixRanks(filterVectors(kernel));
}
