import { z } from 'zod';
import { runMetrics } from '../metrics/metrics.ts';
import { curveMetricSchema, importedMetricSchema } from '../metrics/imported-metric.ts';
import { studySchema } from '../studies/study-schema.ts';

const column = z.string().min(1);

/** How imported runs are read. What is not given is guessed from the columns. */
export const importSettingsSchema = z.strictObject({
  /** The name of their study; that of the file where it is not given. */
  study: studySchema.shape.study.nullable().default(null),
  /** What they were trained on, for people. */
  dataset: z.string().max(100).default(''),
  /** The columns that are factors; null to guess them. */
  factors: z.array(column).nullable().default(null),
  /** The column of the seeds; null to guess it; false where there is none, and the runs of a cell are replicates. */
  seed: z
    .union([column, z.literal(false)])
    .nullable()
    .default(null),
  /** The metrics by the columns that have them; null to guess them. */
  metrics: z
    .record(column, z.union([z.enum(runMetrics), importedMetricSchema]))
    .nullable()
    .default(null),
  /** The metrics of curves by the names under which they were logged; null to guess them. */
  curves: z.record(column, curveMetricSchema).nullable().default(null),
  /** Columns and curves whose shares are in percent, even if no value is above 1. */
  percent: z.array(column).default([]),
  /** Columns whose numbers are names. */
  text: z.array(column).default([]),
  /** Keeps runs without a value of a metric, and those that diverged, as runs that do not count. */
  keepIncomplete: z.boolean().default(false),
});
export type ImportSettings = z.output<typeof importSettingsSchema>;
