import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { intrinsicDimension } from '../measures/intrinsic-dimension.ts';
import { spectrum } from '../measures/spectrum.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { DimensionSettings } from '../methods/dimension.ts';
import type { Subject, Features } from '../subject.ts';

/** Computes `dimensionMethod`. */
export async function computeDimension(
  subject: Subject,
  settings: DimensionSettings,
  control: MethodControl,
): Promise<MethodOutput> {
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
}

function numbersOf(features: Features): [measure: string, value: number | null][] {
  const { effectiveRank, participationRatio, saturation } = spectrum(features);
  return [
    ['effective rank', effectiveRank],
    ['participation ratio', participationRatio],
    [
      'participation ratio / width',
      participationRatio === null ? null : participationRatio / features.columns,
    ],
    ['saturation', saturation],
    ['intrinsic dimension', intrinsicDimension(features)],
  ];
}
