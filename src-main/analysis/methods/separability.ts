import { z } from 'zod';
import { layerResult } from '../layer-result.ts';
import { defineMethod } from '../method.ts';
import { kernels3x3OfRun } from '../weights/kernels-of-run.ts';
import { randomKernel } from '../weights/random-filters.ts';
import { separability } from '../weights/separability.ts';

const MEASURES = [
  { name: 'share', title: 'Separability', axis: 'first singular value / sum of the three' },
  { name: 'energy', title: 'Separable energy', axis: 'first singular value² / sum of squares' },
] as const;

/** How nearly 3x3 slices are a column times a row: docs/analysis/separability.md. */
export const separabilityMethod = defineMethod({
  name: 'separability',
  title: 'Separability of 3x3 filters',
  family: 'weights',
  about: 'How nearly a 3x3 filter is a column times a row, which two thinner convolutions could do.',
  measures: MEASURES.map((measure) => ({ ...measure, kind: 'share' })),
  settings: z.object({}),
  async run(subject, _settings, { progress, pause }) {
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
  },
});
