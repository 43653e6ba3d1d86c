import { namesOf } from '../metrics/metric.ts';
import { RECORDED } from '../metrics/layer-histograms.ts';
import { EPOCH_METRICS, STEP_METRICS } from '../metrics/metrics.ts';
import type { NetworkCost } from '../networks/costs.ts';
import { optimizerNamed } from '../training/optimizers/registry.ts';
import type { Recipe } from './recipe.ts';
import { histogramSteps, keptEpochs, type Recordings } from './recordings.ts';

export type PlannedCost = Pick<
  NetworkCost,
  'parameters' | 'macs' | 'sizeBytes' | 'layersWithWeights' | 'activationBytes'
>;

export interface RunBytes {
  readonly checkpoints: number;
  /** Of its curves in the store. */
  readonly points: number;
  /** Of its histograms in the store. */
  readonly histograms: number;
}

export function allBytes({ checkpoints, points, histograms }: RunBytes): number {
  return checkpoints + points + histograms;
}

/** Of one histogram as the store packs it: measured. It hardly depends on how many values are counted. */
const HISTOGRAM_BYTES = 300;
const FLOAT_BYTES = 4;
const SERIES_BYTES = 8;
/** Series of points on each axis: the place on it, and for epochs also step and seconds. */
const STEP_SERIES = 1 + namesOf(STEP_METRICS).length;
const EPOCH_SERIES = 3 + namesOf(EPOCH_METRICS).length;

/**
 * What a complete run keeps: the weights at first, at best if there is a validation part, at last, and where the study records
 * them; the optimizer's slots, and its points and histograms as the store packs them. Headers of files and rows add a few percent to small networks.
 */
export function runBytes(
  { parameters, sizeBytes, layersWithWeights }: Omit<PlannedCost, 'activationBytes'>,
  recipe: Recipe,
  steps: number,
  { isValidated, record }: { readonly isValidated: boolean; readonly record: Recordings },
): RunBytes {
  const { slots } = optimizerNamed(recipe.optimizer).rule(recipe);
  return {
    checkpoints:
      ((isValidated ? 3 : 2) + keptEpochs(record, recipe.epochs)) * sizeBytes +
      FLOAT_BYTES * parameters * slots.length,
    points: SERIES_BYTES * (STEP_SERIES * steps + EPOCH_SERIES * recipe.epochs),
    histograms: HISTOGRAM_BYTES * RECORDED.length * layersWithWeights * histogramSteps(record, steps).size,
  };
}
