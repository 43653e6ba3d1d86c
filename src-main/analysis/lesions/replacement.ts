/**
 * What takes the place of an output: its `mean` (of each channel over images and positions), `zero`, or the output for
 * another image (`resample`).
 */
export type Replacement = 'mean' | 'zero' | 'resample';

export const REPLACEMENTS: readonly Replacement[] = ['mean', 'zero', 'resample'];
