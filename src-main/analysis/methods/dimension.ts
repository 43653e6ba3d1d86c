import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { intrinsicDimension } from '../measures/intrinsic-dimension.ts';
import { asMatrix } from '../measures/matrix.ts';
import { spectrum } from '../measures/spectrum.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';
import type { Features } from '../subject.ts';

/** How many directions a layer uses: docs/analysis/dimension.md. */
export const dimensionMethod = defineMethod({
  name: 'dimension',
  title: 'Dimension',
  family: 'representation',
  about: 'How many of its directions each layer’s averaged features use.',
  measures: [
    {
      name: 'effective rank',
      title: 'Effective rank',
      kind: 'number',
      axis: 'exp(entropy of singular values)',
    },
    {
      name: 'participation ratio',
      title: 'Participation ratio',
      kind: 'number',
      axis: '(sum of eigenvalues)^2 / sum of squares',
    },
    {
      name: 'participation ratio / width',
      title: 'Participation ratio by width',
      kind: 'share',
      axis: 'participation ratio / channels',
    },
    {
      name: 'saturation',
      title: 'Saturation',
      kind: 'share',
      axis: 'directions for 99 % of variance / channels',
    },
    {
      name: 'intrinsic dimension',
      title: 'Intrinsic dimension (TwoNN estimator)',
      kind: 'number',
      axis: 'dimension by TwoNN',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
  run: async (subject, settings, control) => {
    const results: AnalysisResult[] = [];
    await eachLayer(subject, settings.images, 'average', control, ({ layer, trained, untrained }) => {
      const before = new Map(numbersOf(untrained));
      for (const [measure, value] of numbersOf(trained))
        results.push(
          layerResult(layer, {
            method: 'dimension',
            measure,
            settings,
            value,
            baselines: { untrained: before.get(measure) ?? null },
          }),
        );
    });
    return { results, files: [] };
  },
});

function numbersOf(features: Features): [measure: string, value: number | null][] {
  const matrix = asMatrix(features);
  const { effectiveRank, participationRatio, saturation } = spectrum(matrix);
  return [
    ['effective rank', effectiveRank],
    ['participation ratio', participationRatio],
    ['participation ratio / width', participationRatio === null ? null : participationRatio / features.width],
    ['saturation', saturation],
    ['intrinsic dimension', intrinsicDimension(matrix)],
  ];
}
