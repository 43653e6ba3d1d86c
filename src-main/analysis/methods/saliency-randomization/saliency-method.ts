/** The saliency methods that the randomization test is done with. */
export const SALIENCY_METHODS = [
  'gradient',
  'guided-backpropagation',
  'integrated-gradients',
  'grad-cam',
] as const;
export type SaliencyMethod = (typeof SALIENCY_METHODS)[number];
