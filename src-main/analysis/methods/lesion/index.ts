import { z } from 'zod';
import type { MeasureDescription } from '../../../../src-shared/analysis/analysis-result.ts';
import { effectMeasures, effectMeasuresPerCost } from '../../lesions/effect-results.ts';
import type { Replacement } from '../../lesions/replacement.ts';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

const WORDS: Record<Replacement, string> = {
  mean: 'branch at its mean',
  zero: 'branch at zero',
  resample: 'branch of another image',
};

/** What the network loses without each of its branches. */
export const lesionMethod = defineMethod({
  name: 'lesion',
  title: 'Lesion of branches',
  family: 'ablation',
  order: 1,
  about:
    'What the network loses without each expand branch, bypass or other branch, and per parameter and MAC.',
  scatter: 'Intervals are over the images.',
  measures: [...measuresOf('mean'), ...measuresOf('zero', 'zero'), ...measuresOf('resample', 'resample')],
  settings: z.strictObject({ images: imagesSetting }),
});

function measuresOf(replacement: Replacement, kind?: string): MeasureDescription[] {
  const words = WORDS[replacement];
  return [...effectMeasures(words, kind), ...effectMeasuresPerCost(words, kind)];
}
