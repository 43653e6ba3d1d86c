import { z } from 'zod';

/** Images of the evaluation set; a setting of nearly every method, under this name. */
export const imagesSetting = z.int().min(20).max(100_000).default(2000);
