/** How the estimates of the members of an ensemble (EDGE) become one. */
export const ENSEMBLES = ['median', 'mean', 'optimal'] as const;
