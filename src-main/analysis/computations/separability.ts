import { layerResult } from '../layer-result.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import { MEASURES } from '../methods/separability.ts';
import type { Subject } from '../subject.ts';
import { kernels3x3OfRun } from '../weights/kernels-of-run.ts';
import { randomKernel } from '../weights/random-filters.ts';
import { separability } from '../weights/separability.ts';

/** Computes `separabilityMethod`. */
export async function computeSeparability(
  subject: Subject,
  { progress, pause }: MethodControl,
): Promise<MethodOutput> {
  const kernels = kernels3x3OfRun(subject);
  const results = [];
  for (const [place, { trained, untrained }] of kernels.entries()) {
    const found = separability(trained);
    const before = untrained && separability(untrained);
    const random = separability(randomKernel(trained, 0));
    for (const { name } of MEASURES) {
      results.push(
        layerResult(trained.layer, {
          method: 'separability',
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
}
