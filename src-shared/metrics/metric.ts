import { z } from 'zod';
import type { BalanceScores } from '../statistics/class-scores.ts';
import type { RangeName } from '../statistics/interval.ts';
import type { Direction, ValueKind } from './value-kind.ts';

/** What is measured, described once: the protocol of trainers, store, columns, charts, exports and pages follow from it. */
export interface Metric {
  /** What the field calls it, e.g. `validation accuracy`. */
  readonly title: string;
  /** For a narrow head; the title where it is absent. */
  readonly short?: string;
  /** Names that people may write for it, besides its own. */
  readonly aliases?: readonly string[];
  readonly kind: ValueKind;
  /** What its values can be, where the kind does not say it. */
  readonly range?: RangeName;
  /** Which values are better; null where none are. */
  readonly better: Direction | null;
  /**
   * The part of the data that it is measured on; null where it is not of data. What is measured on the validation part is
   * null where no part was kept for validation.
   */
  readonly part: 'training' | 'validation' | 'test' | null;
}

/** A metric of every step or epoch of a run: it has a curve. */
export interface PointMetric extends Metric {
  /** The chart of a single run that has its curve; those that name the same one share it. */
  readonly chart: string;
  /** Whether the table of runs has the best, last, least and greatest of its values. */
  readonly isSummarized: boolean;
  /** Whether it is set and not measured, so that nothing is to be smoothed. */
  readonly isScheduled?: boolean;
}

/** A metric of a whole run. */
export interface RunMetricDescription extends Metric {
  /** The column by which cells are chosen whose results in this one are reported: of the same on the validation part. */
  readonly judge?: string;
  /** Computes it from the confusion matrix of the test part; without it the trainer measures it. */
  readonly derive?: (classes: TestedClasses) => number | null;
}

/** How the images of the test part were classified. */
export interface TestedClasses {
  /** Classes x classes: rows are true classes, columns predicted ones. */
  readonly confusion: readonly (readonly number[])[];
  /** Its scores, computed once for all metrics; null without images. */
  readonly balance: BalanceScores | null;
}

type Metrics = Readonly<Record<string, Metric>>;

type Schemas<Of extends Metrics> = {
  readonly [Name in keyof Of]: Of[Name]['part'] extends 'validation'
    ? z.ZodNullable<z.ZodNumber>
    : z.ZodNumber;
};

/** The fields of a schema whose values are of these metrics. */
export function valueSchemas<Of extends Metrics>(metrics: Of): Schemas<Of> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, { part }]) => [
      name,
      part === 'validation' ? z.number().nullable() : z.number(),
    ]),
  ) as Schemas<Of>;
}

/** The names of metrics, in the order of their table. */
export function namesOf<Of extends Metrics>(metrics: Of): readonly (keyof Of & string)[] {
  return Object.keys(metrics);
}
