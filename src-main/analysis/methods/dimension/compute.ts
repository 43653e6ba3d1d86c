import { eachLayer } from '../../each-layer.ts';
import { layerResult } from '../../layer-result.ts';
import { intrinsicDimension } from '../../measures/intrinsic-dimension.ts';
import { spectrum } from '../../measures/spectrum.ts';
import type { Computation } from '../../method.ts';
import type { dimensionMethod } from './index.ts';
import type { Features } from '../../subject.ts';
import { toldResults } from '../../told-results.ts';

export const compute: Computation<typeof dimensionMethod> = async (subject, settings, control) => {
  const told = toldResults(control);
  await eachLayer(subject, settings.images, control, ({ layer, trained, untrained }) => {
    const before = new Map(numbersOf(untrained));
    for (const [measure, value] of numbersOf(trained))
      told.push(
        layerResult(layer, {
          measure,
          settings,
          value,
          baselines: { untrained: before.get(measure) ?? null },
        }),
      );
  });
  return { results: told.results, files: [] };
};

function numbersOf(features: Features): [measure: string, value: number | null][] {
  const matrix = features.read();
  const { effectiveRank, participationRatio, saturation } = spectrum(matrix);
  return [
    ['effective rank', effectiveRank],
    ['participation ratio', participationRatio],
    [
      'participation ratio / width',
      participationRatio === null ? null : participationRatio / features.columns,
    ],
    ['saturation', saturation],
    ['intrinsic dimension', intrinsicDimension(matrix)],
  ];
}
