import { z } from 'zod';
import { balanceScores } from '../statistics/class-scores.ts';
import { type ImportedMetric, isImportedMetric } from './imported-metric.ts';
import { valueSchemas } from './metric.ts';
import {
  EPOCH_METRICS,
  MEASURED_METRICS,
  RUN_METRICS,
  type RunMetric,
  runMetrics,
  STEP_METRICS,
} from './metrics.ts';

/** One training step, counted from 1. */
export const stepPointSchema = z.object({ step: z.int(), ...valueSchemas(STEP_METRICS) });
export type StepPoint = z.infer<typeof stepPointSchema>;

/** The state after an epoch; seconds since training began. */
export const epochPointSchema = z.object({
  epoch: z.int(),
  step: z.int(),
  seconds: z.number(),
  ...valueSchemas(EPOCH_METRICS),
});
export type EpochPoint = z.infer<typeof epochPointSchema>;

/** A point as a store has it: null is what was not measured yet when it was made. */
export type Recorded<Point> = {
  readonly [Name in keyof Point]: Name extends 'step' ? Point[Name] : Point[Name] | null;
};

/** The state after an epoch as a store has it. An imported run may have further metrics. */
export type RecordedEpoch = Recorded<EpochPoint> & Readonly<Partial<Record<ImportedMetric, number | null>>>;

/** All points of a run, in order of step and epoch. Nothing is sampled. */
export interface RunSeries {
  readonly steps: readonly Recorded<StepPoint>[];
  readonly epochs: readonly RecordedEpoch[];
}

/** The metrics of which only an imported run has points. */
export function importedSeries({ epochs: [first] }: RunSeries): ImportedMetric[] {
  return Object.keys(first ?? {}).filter(isImportedMetric);
}

/** Over all points of one metric that were measured. */
export interface SeriesSummary {
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** What a trainer measures of a whole run. */
export const measuredSchema = z.object(valueSchemas(MEASURED_METRICS));

/**
 * Summary figures of a run; null until it is complete, and where they were not measured. An imported run may have further
 * ones.
 */
export type RunMetrics = Readonly<Record<RunMetric, number | null>> &
  Readonly<Partial<Record<ImportedMetric, number>>>;

/** All figures of a run: as its trainer measured them, or worked out of the confusion matrix of the test part. */
export function toRunMetrics(
  measured: Readonly<Partial<Record<string, unknown>>>,
  confusion: readonly (readonly number[])[],
): RunMetrics {
  const classes = { confusion, balance: balanceScores(confusion) };
  return runMetricsOf((name) => {
    const metric = RUN_METRICS[name];
    return 'derive' in metric ? metric.derive(classes) : measured[name];
  });
}

/** A figure for each name. @param valueOf what is no number is null */
export function runMetricsOf(valueOf: (name: RunMetric) => unknown): RunMetrics {
  const values = runMetrics.map((name) => {
    const value = valueOf(name);
    return [name, typeof value === 'number' ? value : null] as const;
  });
  return Object.fromEntries(values) as RunMetrics;
}
