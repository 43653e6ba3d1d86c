import { z } from 'zod';
import { field } from '../fields/field.ts';

/**
 * What a study's runs keep of their training besides curves and the usual checkpoints. It changes nothing that is trained, so that
 * cells and complete runs stay what they are.
 */
export const recordSchema = z.strictObject({
  checkpoints: field(z.int().min(0).default(0), {
    title: 'checkpoints',
    about:
      'epochs between checkpoints that are kept for layer analysis over training, each as large as the network; 0 for none',
  }),
});

export type Recordings = z.infer<typeof recordSchema>;

export const NO_RECORDINGS: Recordings = recordSchema.parse({});

export function recordsAny(record: Recordings): boolean {
  return Object.values(record).some((every) => every > 0);
}

/** Whether a checkpoint is kept after this epoch, counted from 1; that of the last epoch is kept in any case, as `last`. */
export function isKeptEpoch({ checkpoints }: Recordings, epoch: number, epochs: number): boolean {
  return checkpoints > 0 && epoch < epochs && epoch % checkpoints === 0;
}

/** How many checkpoints a run of so many epochs keeps beyond the usual ones. */
export function keptEpochs({ checkpoints }: Recordings, epochs: number): number {
  return checkpoints === 0 ? 0 : Math.ceil(epochs / checkpoints) - 1;
}
