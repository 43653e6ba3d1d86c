/** The roles of layers by which they are chosen, in the order in which networks have them. */
export const LAYER_ROLES = [
  'stem',
  'squeeze',
  'expand 1x1',
  'expand 3x3',
  'bypass',
  'depthwise',
  'pointwise',
  'convolution',
  'merge',
  'pool',
  'dense',
  'classifier',
] as const;
