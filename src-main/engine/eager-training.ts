import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { BatchSizes, Training, EvaluationBatch, TrainingBatch } from './engine.ts';
import type { EvaluationInput, OptimizerInput, StepInput, TrainingProgram } from './training-program.ts';

/** The values of a step's inputs, by name; shared by eager and compiled training. */
export function stepValues(
  batch: TrainingBatch,
  { rule }: TrainingProgram,
): Record<StepInput, Float32Array | Int32Array> {
  return {
    images: batch.images,
    labels: batch.labels,
    learningRate: Float32Array.of(batch.learningRate),
    dropoutSeed: Int32Array.of(batch.seed, batch.step),
    ...optimizerInputs(rule.scalars(batch.step + 1), (value) => Float32Array.of(value)),
  };
}

function optimizerInputs<T>(
  scalars: Readonly<Record<string, number>>,
  make: (value: number) => T,
): Record<OptimizerInput, T> {
  return Object.fromEntries(
    Object.entries(scalars).map(([name, value]) => [`optimizer/${name}`, make(value)] as const),
  );
}

export function evaluationValues(batch: EvaluationBatch, size: number) {
  const valid = new Float32Array(size).fill(1, 0, batch.count);
  return { images: batch.images, labels: batch.labels, valid };
}

/** The shapes of a step's inputs. */
export function stepShapes({ graph, rule }: TrainingProgram, batch: number): Record<StepInput, number[]> {
  return {
    images: [batch, ...graph.input],
    labels: [batch],
    learningRate: [],
    dropoutSeed: [2],
    ...optimizerInputs(rule.scalars(1), () => []),
  };
}

export function evaluationShapes(input: readonly number[], batch: number): Record<EvaluationInput, number[]> {
  return { images: [batch, ...input], labels: [batch], valid: [batch] };
}

/** Tensors of the given values; int32 for integers. */
export function tensors<K extends string>(
  values: Record<K, Float32Array | Int32Array>,
  shapes: Record<K, number[]>,
): Record<K, Tensor> {
  const entries = (Object.keys(shapes) as K[]).map((name) => {
    const data = values[name];
    return [name, tf.tensor(data, shapes[name], data instanceof Int32Array ? 'int32' : 'float32')] as const;
  });
  return Object.fromEntries(entries) as Record<K, Tensor>;
}

/** Runs a program op by op, with its state as tensors. */
export class EagerTraining implements Training {
  readonly #program: TrainingProgram;
  readonly #sizes: BatchSizes;
  #state: Tensor1D[] = [];

  constructor(program: TrainingProgram, sizes: BatchSizes) {
    this.#program = program;
    this.#sizes = sizes;
  }

  writeState(values: readonly Float32Array[]): void {
    tf.dispose(this.#state);
    this.#state = this.#program.state.map(({ name }, index) => {
      const data = values[index];
      if (data === undefined) throw new Error(`the state lacks ${name}`);
      return tf.tensor1d(data, 'float32');
    });
  }

  readState(): Float32Array[] {
    return this.#state.map((tensor) => tensor.dataSync<'float32'>());
  }

  step(batch: TrainingBatch) {
    const program = this.#program;
    const inputs = tensors(stepValues(batch, program), stepShapes(program, this.#sizes.training));
    const { outputs, state } = program.step(inputs, this.#state);
    const [loss, correct, correctTop5] = outputs.map((output) => output.dataSync()[0] ?? Number.NaN);
    tf.dispose([inputs, outputs, this.#state]);
    this.#state = state;
    return { loss: loss ?? Number.NaN, correct: correct ?? 0, correctTop5: correctTop5 ?? 0 };
  }

  evaluate(batch: EvaluationBatch) {
    const size = this.#sizes.evaluation;
    const inputs = tensors(evaluationValues(batch, size), evaluationShapes(this.#program.graph.input, size));
    const [loss, correct, correctTop5, predicted] = this.#program.evaluate(inputs, this.#state);
    const result = {
      loss: loss.dataSync()[0] ?? Number.NaN,
      correct: correct.dataSync()[0] ?? 0,
      correctTop5: correctTop5.dataSync()[0] ?? 0,
      predicted: predicted.dataSync<'int32'>().slice(0, batch.count),
    };
    tf.dispose([inputs, loss, correct, correctTop5, predicted]);
    return result;
  }

  close(): void {
    tf.dispose(this.#state);
    this.#state = [];
  }
}
