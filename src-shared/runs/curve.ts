import type { EpochTimes } from './elapsed-seconds.ts';

/** The points of one metric of one run; nothing is sampled. */
export interface Curve {
  readonly run: string;
  /** Steps, from 1: the step of each point (for an epoch metric: the epoch's last step). */
  readonly steps: readonly number[];
  /** Null where the metric was not measured (no validation part). */
  readonly values: readonly (number | null)[];
  readonly stepsPerEpoch: number | null;
  /** The times of all points follow from them (`elapsedSeconds`). */
  readonly epochs: EpochTimes;
  /** Seconds from the start of the run to its end or to now; null for an imported run of unknown times. */
  readonly seconds: number | null;
  /** Start of the run, milliseconds since 1970; null where unknown. */
  readonly startedAt: number | null;
}

export interface RunConfusion {
  readonly run: string;
  /** Rows are true classes, columns predicted ones. */
  readonly counts: readonly (readonly number[])[];
}
