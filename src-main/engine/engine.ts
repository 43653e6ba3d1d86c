import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { EngineDescription } from '../../src-shared/studies/trainer-protocol.ts';
import type { Weights } from './model.ts';
import type { Precision } from '../../src-shared/studies/recipe.ts';
import type { BatchImages } from '../../src-shared/training/image-bytes.ts';
import type { Operations } from './operations.ts';
import type { Trace } from './traced-call.ts';
import type { ImagesFromBytes, TrainingProgram } from './training-program.ts';

/** The vectors of one network, in the order of its program's `state`. */
export type State = readonly Float32Array[];

/**
 * A training program with its state, eager or compiled: one network or several side by side, none of whose numbers depends on another's.
 *
 * What computes may answer later (a GPU): every call returns a promise, and calls are made one at a time, each after the
 * one before has resolved. They take effect in that order: `readState` after `step` has the state that the step left. What
 * a caller gives is read before the call resolves and is the caller's again afterwards; what it gets is its own.
 *
 * The same state, batches and seeds give the same results to the bit on the same engine with the same number of threads. A
 * call may reject with whatever the engine throws (out of memory, a lost device); the state is then undefined, and only
 * `writeState` and `close` are of use.
 */
export interface FusedTraining {
  /** Sets the whole state of each network. Begins anew: nothing of the former state is left. */
  writeState(states: readonly State[]): Promise<void>;
  readState(): Promise<Float32Array[][]>;
  /**
   * Takes one step: the state changes.
   * @param batches one for each network, of the same step; bytes lie in one memory, and the learning rate is the same unless the program has
   *   one for each
   */
  step(batches: readonly TrainingBatch[]): Promise<StepResult[]>;
  /** Null where a call takes one step, as it does until the first has been taken. */
  readonly several: SeveralSteps<readonly TrainingBatch[], StepResult[]> | null;
  /** Each network on the same images. Leaves the state as it is. */
  evaluate(batch: EvaluationBatch): Promise<EvaluationResult[]>;
  /** Gives back what the engine holds; may be called again. */
  close(): void;
}

/** Several steps in one call. */
export interface SeveralSteps<Batch, Result> {
  /** How many a call takes at most; 2 or more. */
  readonly most: number;
  /**
   * Takes one step after the other, each as `step` takes it: results and state are the same to the bit.
   * @param batches of each step, whose images lie in one memory as bytes
   */
  steps(batches: readonly Batch[]): Promise<Result[]>;
}

/** Of a single network. */
export interface Training {
  writeState(values: State): Promise<void>;
  readState(): Promise<Float32Array[]>;
  step(batch: TrainingBatch): Promise<StepResult>;
  readonly several: SeveralSteps<TrainingBatch, StepResult> | null;
  evaluate(batch: EvaluationBatch): Promise<EvaluationResult>;
  close(): void;
}

export interface TrainingBatch {
  /** [batch, h, w, c], as the program takes them */
  readonly images: BatchImages;
  /** [batch] */
  readonly labels: Int32Array;
  readonly learningRate: number;
  /** Those of the program's recipe unless each network has its own. */
  readonly weightDecay?: number;
  readonly labelSmoothing?: number;
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
  /** [evaluation batch, h, w, c], as the program takes them; filled up with anything behind `count`. */
  readonly images: BatchImages;
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

/** Compiles a program from what it sees of its eager step and evaluation. */
export interface TrainingRecorder {
  /** To be passed to the eager step and evaluation; the last of each counts. */
  readonly trace: Trace;
  /** How many steps a call of it is to take at most, and what else serves where a device cannot replay that, the best first. */
  readonly stepsACall: readonly [number, ...number[]];
  /**
   * What was recorded, without a state; with the products of its step in a precision that the engine has operations for, evaluating
   * in float32. Rejects with an Error where it cannot be replayed.
   * @param mostSteps one of `stepsACall`
   */
  readonly compile: (precision: Precision, mostSteps: number) => Promise<FusedTraining>;
}

/** A pass over a batch of images, as a pure function of them and of the weights: it runs eagerly, and it can be recorded. */
export interface ForwardProgram {
  readonly graph: Graph;
  /** Images of a batch. */
  readonly batch: number;
  /** Numbers that come with each image, where any do. */
  readonly beside?: number;
  /**
   * @param images float32 [batch, h, w, c]
   * @param beside float32 [batch, numbers], where there are any
   * @returns float32, with a row for each image
   */
  readonly compute: (images: Tensor4D, weights: Weights, beside?: Tensor2D) => readonly Tensor[];
}

/** A recorded pass. `writeWeights` comes first; calls take effect in their order, and throw what the engine throws. */
export interface CompiledForward {
  /** All weights of the graph, by name. */
  writeWeights(values: ReadonlyMap<string, Float32Array>): void;
  /** The outputs for a whole batch, in their order. */
  call(images: Float32Array, beside?: Float32Array): Float32Array[];
  /** Gives back what the engine holds; may be called again. */
  close(): void;
}

/**
 * What computes, opened in this process: a TensorFlow.js backend that has been made current, its operations, and, where it
 * has one, a compiler of training programs. What opens it is an EngineKind. It passes test/main/engine/engine-suite.ts.
 *
 * A process opens one engine and calls it from one thread. Training awaits every result. Analyses read tensors as they
 * need them (`dataSync`), so that an engine whose backend cannot do that trains, but analyses nothing.
 */
export interface Engine {
  readonly description: EngineDescription;
  /** Each with its gradient, as pure functions of tensors: they are recorded by a compiler, too. */
  readonly operations: Operations;
  /** The operations of a training that is to be compiled with its products in bfloat16; null where the engine has nothing for that. */
  readonly bfloat16: Operations | null;
  /**
   * Makes the values of images of a shape, [n, h, w, c], from their bytes, exactly as `writeVaried` (augmentation.ts) does; null
   * where the engine takes values only.
   */
  readonly imagesFromBytes: ImagesFromBytes | null;
  /**
   * Null where the engine runs eagerly only. What it compiles is compared with the eager step before it is trusted
   * (GuardedTraining); a rejection leaves training eager, with the reason.
   */
  readonly recorder: ((program: TrainingProgram, sizes: BatchSizes) => TrainingRecorder) | null;
  /** Null where passes run eagerly only. */
  readonly compileForward: ((program: ForwardProgram) => CompiledForward) | null;
}

/** An engine that can have images on its device, and then take several steps a call, whether or not it does in this environment: to try and measure both. */
export interface EngineWithImages extends Engine {
  readonly imagesOnDevice: ImagesFromBytes;
  readonly recorder: NonNullable<Engine['recorder']>;
  /** One whose calls take so many steps at most, where images lie on the device. */
  readonly recorderOf: (mostSteps: number) => NonNullable<Engine['recorder']>;
}
