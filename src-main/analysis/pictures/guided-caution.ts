/** Stands wherever guided backpropagation is shown. */
export const GUIDED_CAUTION =
  'Guided backpropagation fails the randomization test (Adebayo et al., 2018): it shows edges of the image more than what was learned, and is no explanation by itself.';
