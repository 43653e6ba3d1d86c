import type { EngineDescription } from '../../src-shared/studies/trainer-protocol.ts';
import type { Operations } from './operations.ts';
import type { TrainingProgram } from './training-program.ts';

/** A training program with a state, eager or compiled. */
export interface Training {
  /** Sets the whole state, in the order of the program's state. */
  writeState(values: readonly Float32Array[]): void;
  readState(): Float32Array[];
  step(batch: TrainingBatch): StepResult;
  evaluate(batch: EvaluationBatch): EvaluationResult;
  close(): void;
}

export interface TrainingBatch {
  /** [batch, h, w, c], normalised */
  readonly images: Float32Array;
  /** [batch] */
  readonly labels: Int32Array;
  readonly learningRate: number;
  /** Number of this step, counted from 0. */
  readonly step: number;
  readonly seed: number;
}

export interface StepResult {
  /** Mean cross-entropy over the batch. */
  readonly loss: number;
  /** Correctly classified images of the batch. */
  readonly correct: number;
  /** Images whose class is among the five most likely. */
  readonly correctTop5: number;
}

export interface EvaluationBatch {
  /** [evaluation batch, h, w, c]; filled up with anything behind `count`. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
  /** Images that count. */
  readonly count: number;
}

export interface EvaluationResult {
  /** Summed over the images. */
  readonly loss: number;
  readonly correct: number;
  readonly correctTop5: number;
  /** Predicted classes of the first `count` images. */
  readonly predicted: Int32Array;
}

export interface BatchSizes {
  readonly training: number;
  readonly evaluation: number;
}

/**
 * The seam between training and what computes. An engine is a TensorFlow.js backend that has been made
 * current, its operations, and, where it has one, a compiler of training programs.
 */
export interface Engine {
  readonly description: EngineDescription;
  readonly operations: Operations;
  /** Null where the engine runs eagerly only. */
  readonly compile: ((program: TrainingProgram, sizes: BatchSizes) => Training) | null;
}
