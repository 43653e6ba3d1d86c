import { z } from 'zod';
import type { MeasureDescription } from '../../../../src-shared/analysis/analysis-result.ts';
import { effectMeasures, effectMeasuresPerCost } from '../../lesions/effect-results.ts';
import type { Replacement } from '../../lesions/replacement.ts';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

const WORDS: Record<Replacement, string> = {
  mean: 'mean ablation',
  zero: 'zero ablation',
  resample: 'resample ablation',
};

/** What the network loses without each of its branches. */
export const lesionMethod = defineMethod({
  name: 'lesion',
  title: 'Branch ablation',
  family: 'ablation',
  order: 1,
  about:
    'What the network loses without each expand branch, bypass or other branch, also per parameter and per MAC.',
  scatter: 'Intervals are over the images.',
  measures: [...measuresOf('mean'), ...measuresOf('zero', 'zero'), ...measuresOf('resample', 'resample')],
  settings: z.strictObject({ images: imagesSetting }),
});

function measuresOf(replacement: Replacement, kind?: string): MeasureDescription[] {
  const words = WORDS[replacement];
  return [...effectMeasures(words, kind), ...effectMeasuresPerCost(words, kind)];
}
