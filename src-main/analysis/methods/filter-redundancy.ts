import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { layerResult } from '../layer-result.ts';
import { defineMethod } from '../method.ts';
import { filterRedundancy } from '../weights/filter-redundancy.ts';
import { batchNormSetting } from '../weights/fold-batch-norm.ts';
import { kernelsOfRun } from '../weights/kernels-of-run.ts';
import { filterVectors, type LayerKernel } from '../weights/layer-kernel.ts';
import { randomBaseline } from '../weights/random-filters.ts';

const redundancyOf = (kernel: LayerKernel): number | null => filterRedundancy(filterVectors(kernel));

/** How alike the filters of a layer are: docs/analysis/filter-redundancy.md. */
export const filterRedundancyMethod = defineMethod({
  name: 'filter-redundancy',
  title: 'Redundancy of filters',
  family: 'weights',
  about: 'How nearly each filter of a layer repeats another one, up to sign and size.',
  measures: [
    {
      name: 'redundancy',
      title: 'Redundancy of filters',
      kind: 'share',
      axis: 'mean of the largest |cosine| with another filter',
    },
  ],
  settings: z.object({
    draws: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe('sets of random filters that the layer is held against'),
  }),
  async run(subject, { draws }, { progress, pause }) {
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
  },
});
