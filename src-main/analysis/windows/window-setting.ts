import { z } from 'zod';

/** Side of the window that the study chose for a map of 13 x 13. */
export const WINDOW = 7;

export const windowSetting = z
  .int()
  .min(1)
  .max(64)
  .default(WINDOW)
  .describe('side of the saliency window in the last layer with places; in larger layers it grows with them');
