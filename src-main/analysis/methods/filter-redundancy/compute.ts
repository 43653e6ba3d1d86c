import { layerResult, type LayerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import type { filterRedundancyMethod } from './index.ts';
import { filterRedundancy } from './nearest-filters.ts';
import { batchNormSetting } from '../../weights/fold-batch-norm.ts';
import { kernelsOfRun } from '../../weights/kernels-of-run.ts';
import { filterVectors, type LayerKernel } from '../../weights/layer-kernel.ts';
import { randomBaseline } from '../../weights/random-filters.ts';

const redundancyOf = (kernel: LayerKernel): number | null => filterRedundancy(filterVectors(kernel));

export const compute: Computation<typeof filterRedundancyMethod> = async (
  subject,
  { draws },
  { progress, pause },
) => {
  const kernels = kernelsOfRun(subject);
  const results: LayerResult[] = [];
  for (const [place, { trained, untrained }] of kernels.entries()) {
    results.push(
      layerResult(trained.layer, {
        measure: 'redundancy',
        value: redundancyOf(trained),
        baselines: {
          random: randomBaseline(trained, draws, redundancyOf),
          untrained: untrained && redundancyOf(untrained),
        },
        settings: { draws, batchNorm: batchNormSetting(subject.graph) },
      }),
    );
    progress((place + 1) / kernels.length);
    await pause();
  }
  return { results, files: [] };
};
