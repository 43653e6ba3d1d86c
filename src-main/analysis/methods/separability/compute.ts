import { layerResult } from '../../layer-result.ts';
import type { Computation } from '../../method.ts';
import { MEASURES, type separabilityMethod } from './index.ts';
import { kernels3x3OfRun } from '../../weights/kernels-of-run.ts';
import { randomKernel } from '../../weights/random-filters.ts';
import { separability } from './slice-separability.ts';

export const compute: Computation<typeof separabilityMethod> = async (
  subject,
  _settings,
  { progress, pause },
) => {
  const kernels = kernels3x3OfRun(subject);
  const results = [];
  for (const [place, { trained, untrained }] of kernels.entries()) {
    const found = separability(trained);
    const before = untrained && separability(untrained);
    const random = separability(randomKernel(trained, 0));
    for (const { name } of MEASURES) {
      results.push(
        layerResult(trained.layer, {
          measure: name,
          value: found && found[name],
          baselines: { untrained: before && before[name], random: random && random[name] },
        }),
      );
    }
    progress((place + 1) / kernels.length);
    await pause();
  }
  return { results, files: [] };
};
