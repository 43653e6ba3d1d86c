import { z } from 'zod';
import { field } from '../fields/field.ts';

/** All of a run are read at once to draw them. */
const MOST_HISTOGRAMS = 100;

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
  histograms: field(z.int().min(0).max(MOST_HISTOGRAMS).default(0), {
    title: 'histograms',
    about:
      'how many times over the training the weights, gradients and activations of each layer are counted, evenly from the first step to the last; each time takes about as long as five steps; 0 for none',
  }),
});

export type Recordings = z.infer<typeof recordSchema>;

/** Those of a study or run. One that was saved by an earlier version has none of what there was not yet. */
export function recordingsOf({ record }: { readonly record?: Partial<Recordings> | undefined }): Recordings {
  return recordSchema.parse(record ?? {});
}

export function recordsAny(record: Recordings): boolean {
  return Object.values(record).some((value) => value > 0);
}

/** Whether a checkpoint is kept after this epoch, counted from 1; that of the last epoch is kept in any case, as `last`. */
export function isKeptEpoch({ checkpoints }: Recordings, epoch: number, epochs: number): boolean {
  return checkpoints > 0 && epoch < epochs && epoch % checkpoints === 0;
}

/** How many checkpoints a run of so many epochs keeps beyond the usual ones. */
export function keptEpochs({ checkpoints }: Recordings, epochs: number): number {
  return checkpoints === 0 ? 0 : Math.ceil(epochs / checkpoints) - 1;
}

/** The steps, counted from 0, at which histograms are recorded: so many, or each, with the first and the last among them. */
export function histogramSteps({ histograms }: Recordings, totalSteps: number): ReadonlySet<number> {
  const times = Math.min(histograms, totalSteps);
  if (times === 1) return new Set([totalSteps - 1]);
  return new Set(
    Array.from({ length: times }, (_, time) => Math.round((time * (totalSteps - 1)) / (times - 1))),
  );
}

/** How long it takes to record once, in steps: measured with four networks at batches of 128 (docs/study-files.md). */
const STEPS_OF_HISTOGRAMS = 5;

/** By how much the histograms lengthen the steps of a run, as a share of their time. */
export function histogramShare(record: Recordings, steps: number): number {
  return steps === 0 ? 0 : (STEPS_OF_HISTOGRAMS * histogramSteps(record, steps).size) / steps;
}
