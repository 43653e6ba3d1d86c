import { z } from 'zod';
import { valueHistogramSchema } from '../statistics/value-histogram.ts';

/** What of a layer is recorded while it trains. */
export const RECORDED = ['weights', 'gradients', 'activations'] as const;
export type RecordedPart = (typeof RECORDED)[number];

/** Of one layer with weights at one step. */
const layerHistogramSchema = z.object({
  of: z.enum(RECORDED),
  layer: z.string(),
  ...valueHistogramSchema.shape,
  /** Of weights: the norm of what the step changed them by; null where that was not finite, and of all else. */
  update: z.number().nullable(),
});
export type LayerHistogram = z.infer<typeof layerHistogramSchema>;

/** What a step found and computed, of all layers with weights in the order of the network. */
export const stepHistogramsSchema = z.object({
  /** Counted from 1, as in points. */
  step: z.int().min(1),
  layers: z.array(layerHistogramSchema),
});
export type StepHistograms = z.infer<typeof stepHistogramsSchema>;

/** Those of a run, by rising step. */
export interface RunHistograms {
  readonly run: string;
  readonly steps: readonly StepHistograms[];
}

/** Of some runs. */
export interface FoundHistograms {
  /** How many of these runs have histograms. */
  readonly recorded: number;
  /** Of them so many as are wanted at most, evenly over their order. */
  readonly runs: readonly RunHistograms[];
}

/** What of them is wanted: of one layer whole, or of all layers without bins. */
export const wantedHistogramsSchema = z.strictObject({
  of: z.enum(RECORDED),
  layer: z.string().nullable(),
  /** Runs: two or more. */
  most: z.int().min(2).max(100),
});
export type WantedHistograms = z.infer<typeof wantedHistogramsSchema>;
