import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { layerResult } from '../layer-result.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { FilterRedundancySettings } from '../methods/filter-redundancy.ts';
import type { Subject } from '../subject.ts';
import { filterRedundancy } from '../weights/filter-redundancy.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { kernelsOfRun } from '../weights/kernels-of-run.ts';
import { filterVectors, type LayerKernel } from '../weights/layer-kernel.ts';
import { randomBaseline } from '../weights/random-filters.ts';

const redundancyOf = (kernel: LayerKernel): number | null => filterRedundancy(filterVectors(kernel));

/** Computes `filterRedundancyMethod`. */
export async function computeFilterRedundancy(
  subject: Subject,
  { draws }: FilterRedundancySettings,
  { progress, pause }: MethodControl,
): Promise<MethodOutput> {
  const kernels = kernelsOfRun(subject);
  const results: AnalysisResult[] = [];
  for (const [place, { trained, untrained }] of kernels.entries()) {
    results.push(
      layerResult(trained.layer, {
        method: 'filter-redundancy',
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
}
