import type { EngineDescription, EpochPoint, Failure, StepPoint } from '../contract/trainer-protocol.ts';
import type { Factors } from './cell.ts';
import type { RunState } from './run-state.ts';

/** Summary figures of a run; null until it is complete. Accuracies and shares are from 0 to 1. */
export interface RunMetrics {
  readonly testAccuracy: number | null;
  readonly testLoss: number | null;
  readonly testTop5: number | null;
  /** Mean recall over the classes. */
  readonly testBalancedAccuracy: number | null;
  readonly testMacroF1: number | null;
  /** Shares of the test images that are of the class with the most, and of that with the fewest. */
  readonly testLargestClass: number | null;
  readonly testSmallestClass: number | null;
  readonly validationAccuracy: number | null;
  readonly validationLoss: number | null;
  readonly bestValidationAccuracy: number | null;
  readonly trainingAccuracy: number | null;
  readonly trainingLoss: number | null;
  readonly imagesPerSecond: number | null;
  /** Share of the training time in which a step waited for its data. */
  readonly dataWaitShare: number | null;
  readonly peakMemoryBytes: number | null;
}
export type MetricName = keyof RunMetrics;

/** One training of one cell with one seed, as lists show it. */
export interface RunRecord {
  readonly id: string;
  /** Name of the study. */
  readonly study: string;
  /** Id of the cell. */
  readonly cell: string;
  readonly seed: number;
  readonly state: RunState;
  readonly parameters: number;
  readonly macs: number;
  readonly factors: Factors;
  readonly metrics: RunMetrics;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Seconds of training and measuring, as the trainer measured them; null unless complete. */
  readonly seconds: number | null;
  readonly engine: string | null;
  readonly engineVersion: string | null;
  readonly device: string | null;
  /** Of the trainer. */
  readonly threads: number | null;
  /** Last step that is known, and how many there are in all; null before training began. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  /** `compiled`, or `eager` with the reason. */
  readonly mode: 'compiled' | 'eager' | null;
  readonly modeReason: string | null;
  readonly failure: Failure | null;
  /** The earlier run that this one repeats. */
  readonly retryOf: string | null;
  /** Folder of its checkpoints, named as the run; null before it began. */
  readonly artifacts: string | null;
}

/** What a run can be traced to, besides its cell and seed. */
export interface Provenance {
  readonly kindlingVersion: string;
  readonly nodeVersion: string;
  readonly tfjsVersion: string | null;
  readonly engine: EngineDescription;
  /** SHA-256 of the data, as in its `dataset.json`. */
  readonly dataHash: string;
  readonly host: string;
  readonly platform: string;
  /** The folder in which the study was started, and its git state; nulls where there is no repository. */
  readonly folder: string;
  readonly gitRevision: string | null;
  readonly gitDirty: boolean | null;
}

/** All points of a run, in order of step and epoch. Nothing is sampled. */
export interface RunSeries {
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EpochPoint[];
}
