import { z } from 'zod';
import type { MeasureDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { effectMeasures, effectMeasuresPerCost } from '../lesions/effect-results.ts';
import type { Replacement } from '../lesions/replacement.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';

const WORDS: Record<Replacement, string> = {
  mean: 'branch at its mean',
  zero: 'branch at zero',
  resample: 'branch of another image',
};

const settings = z.strictObject({ images: imagesSetting });
export type LesionSettings = z.output<typeof settings>;

/** What the network loses without each of its branches: docs/analysis/lesion.md. */
export const lesionMethod = defineMethod({
  name: 'lesion',
  title: 'Lesion of branches',
  family: 'ablation',
  about:
    'What the network loses without each expand branch, bypass or other branch, and per parameter and MAC.',
  scatter: 'Intervals are over the images.',
  measures: [...measuresOf('mean'), ...measuresOf('zero', 'zero'), ...measuresOf('resample', 'resample')],
  settings,
  run: async (...given) => (await import('../computations/lesion.ts')).computeLesion(...given),
});

function measuresOf(replacement: Replacement, kind?: string): MeasureDescription[] {
  const words = WORDS[replacement];
  return [...effectMeasures(words, kind), ...effectMeasuresPerCost(words, kind)];
}
