import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { mean } from '../../../src-shared/statistics/interval.ts';
import { isCompressed } from '../../compression/compressed-network.ts';
import { quantizationError, quantizeWeights } from '../../compression/quantize-weights.ts';
import { type Place, placeResult } from '../compression/place-result.ts';
import { scoreVariants } from '../compression/score-variants.ts';
import { pairedEffects } from '../lesions/paired-effect.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';
import type { Subject } from '../subject.ts';

const BITS = [8, 6, 4, 3, 2] as const;

const NUMBERS = [
  { name: 'accuracy', title: 'Accuracy', axis: 'test accuracy' },
  { name: 'accuracy-lost', title: 'Accuracy lost', axis: 'accuracy lost' },
  { name: 'error', title: 'Error of the weights', axis: 'squared error / sum of squares' },
] as const;

interface Kernel {
  readonly name: string;
  readonly weights: Float32Array;
}

interface Part {
  readonly place: Place;
  readonly kernels: readonly Kernel[];
}

/** How many bits the weights of a layer need: docs/analysis/quantization.md. */
export const quantizationMethod = defineMethod({
  name: 'quantization',
  title: 'Quantisation',
  family: 'compression',
  about: 'What the network loses when the weights of one layer, or of all, are rounded to a few bits.',
  measures: BITS.flatMap((bits) =>
    NUMBERS.map(({ name, title, axis }) => ({
      name: `${name}-${bits}-bit`,
      title: `${title} at ${bits} bits`,
      kind: 'share' as const,
      axis: `${axis}, ${bits} bits`,
    })),
  ),
  settings: z.object({
    images: imagesSetting,
    scheme: z.enum(['symmetric', 'affine']).default('symmetric'),
  }),
  async run(subject, { images, scheme }, control) {
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
    const results = cases.flatMap(({ bits, place, kernels }, index): AnalysisResult[] => {
      const scores = changed[index];
      if (scores === undefined) throw new Error(`${bits} bits were not scored`);
      const { accuracyLost } = pairedEffects(intact, scores);
      const common = { method: 'quantization', settings: { bits, scheme, images: scores.correct.length } };
      return [
        placeResult(place, {
          ...common,
          measure: `accuracy-${bits}-bit`,
          value: mean([...scores.correct]),
          baselines: { float32: mean([...intact.correct]) },
        }),
        placeResult(place, { ...common, measure: `accuracy-lost-${bits}-bit`, ...accuracyLost }),
        placeResult(place, { ...common, measure: `error-${bits}-bit`, value: quantizationError(kernels) }),
      ];
    });
    return { results, files: [] };
  },
});

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
