import { z } from 'zod';

export const MOST_TRAINERS = 64;

/** So many trainers at once as a person says; `auto`: as many as are measured to be fastest. */
export const trainersAtOnceSchema = z.union([z.int().min(1).max(MOST_TRAINERS), z.literal('auto')]);
export type TrainersAtOnce = z.infer<typeof trainersAtOnceSchema>;
