import type { Shape } from '../../src-shared/networks/layer.ts';
import type { Pooling } from './subject.ts';

/** What becomes of a layer's output, as people choose it. */
export const FEATURE_KINDS = ['average', 'grid', 'map'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

export const POOLING = { average: 'average', grid: '4x4', map: 'map' } as const satisfies Record<
  FeatureKind,
  Pooling
>;

/** Axes of an image's features, the channels last, of a layer with this output. */
export function featureAxes([height, width, channels]: Shape, kind: FeatureKind): readonly number[] {
  switch (kind) {
    case 'average':
      return [channels];
    case 'grid':
      return [4, 4, channels];
    case 'map':
      return [height, width, channels];
  }
}
