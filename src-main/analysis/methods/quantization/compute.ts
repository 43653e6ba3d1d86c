import { mean } from '../../../../src-shared/statistics/interval.ts';
import { isCompressed } from '../../../compression/compressed-network.ts';
import { quantizationError, quantizeWeights } from '../../../compression/quantize-weights.ts';
import { scoreVariants } from '../../compression/score-variants.ts';
import { layerResult, type Place, type LayerResult } from '../../layer-result.ts';
import { pairedEffects } from '../../lesions/paired-effect.ts';
import type { Computation } from '../../method.ts';
import { BITS, type quantizationMethod } from './index.ts';
import type { Subject } from '../../subject.ts';

interface Kernel {
  readonly name: string;
  readonly weights: Float32Array;
}

interface Part {
  readonly place: Place;
  readonly kernels: readonly Kernel[];
}

export const compute: Computation<typeof quantizationMethod> = async (
  subject,
  { images, scheme },
  control,
) => {
  const parts = partsOf(subject);
  const cases = BITS.flatMap((bits) =>
    parts.map(({ place, kernels }) => ({
      bits,
      place,
      kernels: kernels.map(({ name, weights }) => ({
        name,
        weights,
        quantized: quantizeWeights(weights, bits, scheme),
      })),
    })),
  );
  const { intact, changed } = await scoreVariants(
    subject,
    cases.map(({ kernels }) => new Map(kernels.map(({ name, quantized }) => [name, quantized]))),
    images,
    control,
  );
  const results = cases.flatMap(({ bits, place, kernels }, index): LayerResult[] => {
    const scores = changed[index];
    if (scores === undefined) throw new Error(`${bits} bits were not scored`);
    const { accuracyLost } = pairedEffects(intact, scores);
    const common = { settings: { bits, scheme, images: scores.correct.length } };
    return [
      layerResult(place, {
        ...common,
        measure: `accuracy-${bits}-bit`,
        value: mean([...scores.correct]),
        baselines: { float32: mean([...intact.correct]) },
      }),
      layerResult(place, { ...common, measure: `accuracy-lost-${bits}-bit`, ...accuracyLost }),
      layerResult(place, { ...common, measure: `error-${bits}-bit`, value: quantizationError(kernels) }),
    ];
  });
  return { results, files: [] };
};

/** Each layer with kernels alone, then all of them together. */
function partsOf(subject: Subject): Part[] {
  const values = subject.weights('last');
  const layers = subject.graph.layers
    .map((layer) => ({
      place: layer,
      kernels: layer.weights
        .filter(isCompressed)
        .map(({ name }) => ({ name, weights: values.get(name) ?? new Float32Array() })),
    }))
    .filter(({ kernels }) => kernels.length > 0);
  return [...layers, { place: null, kernels: layers.flatMap(({ kernels }) => kernels) }];
}
