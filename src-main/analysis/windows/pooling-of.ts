import type { Shape } from '../../../src-shared/networks/layer.ts';
import type { FeatureKind } from '../feature-kinds.ts';
import type { Pooling, Subject } from '../subject.ts';
import { salientParts, windowsOf } from './saliency-maps.ts';
import { sidesIn } from './saliency-window.ts';

export interface ChosenFeatures {
  readonly images: number;
  readonly features: FeatureKind;
  /** Side of the saliency windows. */
  readonly window: number;
}

/** How the features that are chosen are pooled. @param pause awaited while windows are looked for */
export async function poolingOf(
  subject: Subject,
  { images, features, window }: ChosenFeatures,
  pause: () => Promise<void>,
): Promise<Pooling> {
  switch (features) {
    case 'average':
    case 'map':
      return features;
    case 'grid':
      return '4x4';
    case 'window':
      return windowsOf(await salientParts(subject, images, pause), window);
  }
}

/** Axes of an image's features, the channels last, of a layer with this output. */
export function featureAxes(output: Shape, pooling: Pooling): readonly number[] {
  const [height, width, channels] = output;
  if (typeof pooling !== 'string') return [...sidesIn(pooling, output), channels];
  switch (pooling) {
    case 'average':
    case 'share of zeros':
      return [channels];
    case '4x4':
      return [4, 4, channels];
    case 'map':
      return [height, width, channels];
  }
}
