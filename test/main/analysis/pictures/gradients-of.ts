import {
  type GradientOptions,
  gradientPass,
} from '../../../../src-main/analysis/pictures/explanation-pass.ts';
import type { Subject, WeightValues } from '../../../../src-main/analysis/subject.ts';

interface Wanted extends Omit<GradientOptions, 'images'> {
  readonly weights: WeightValues;
  readonly images: Float32Array;
  /** Null for all outputs together. */
  readonly chosen: readonly number[] | null;
}

/** Gradients at a few images, eagerly: too few are asked for to record them. */
export async function gradientsOf(
  subject: Pick<Subject, 'graph' | 'engine'>,
  { layer, guided, weights, images, chosen }: Wanted,
): Promise<Float32Array> {
  const pass = gradientPass(subject, { layer, guided, images: 1 });
  try {
    pass.writeWeights(weights);
    return await pass.explain(images, chosen, () => Promise.resolve());
  } finally {
    pass.close();
  }
}
