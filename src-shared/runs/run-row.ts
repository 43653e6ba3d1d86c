import type { Factors } from '../studies/cell.ts';
import type { Recipe } from '../studies/recipe.ts';
import type { RunRecord } from '../studies/run-record.ts';

/** Metrics with a curve whose last, least and greatest value each row carries. The first two are by step. */
export const SERIES_METRICS = [
  'loss',
  'accuracy',
  'trainingLoss',
  'trainingAccuracy',
  'trainingTop5',
  'validationLoss',
  'validationAccuracy',
  'validationTop5',
] as const;
export type SeriesMetric = (typeof SERIES_METRICS)[number];

/** Over all points of one metric of a run. */
export interface SeriesSummary {
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** A run as the table of runs shows it. */
export interface RunRow extends RunRecord {
  readonly dataset: string;
  /** Empty where nothing was noted. */
  readonly note: string;
  readonly tags: readonly string[];
  /** Of finished runs; a metric without points is missing. */
  readonly summaries: Partial<Readonly<Record<SeriesMetric, SeriesSummary>>>;
}

/** A cell as the table of runs shows it; several runs share one, found by study and id. */
export interface CellRow {
  readonly study: string;
  readonly id: string;
  readonly factors: Factors;
  /** The network with every field filled in. */
  readonly network: Readonly<Record<string, unknown>>;
  readonly recipe: Recipe;
  readonly parameters: number;
  /** Multiply-accumulates for one image. */
  readonly macs: number;
}
