/** What becomes of a layer's output, as people choose it: `window` is the part that an image's saliency window shows. */
export const FEATURE_KINDS = ['average', 'grid', 'map', 'window'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];
