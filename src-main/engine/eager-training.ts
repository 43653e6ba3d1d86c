import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import { type BatchImages, VARIATION_NUMBERS } from '../../src-shared/training/image-bytes.ts';
import type {
  BatchSizes,
  EvaluationBatch,
  EvaluationResult,
  StepResult,
  Training,
  TrainingBatch,
} from './engine.ts';
import { type Trace, untraced } from './traced-call.ts';
import type {
  EvaluationInput,
  ImageInput,
  Inputs,
  OptimizerInput,
  StepInput,
  TrainingProgram,
} from './training-program.ts';

type InputValues<Name extends string> = Inputs<Name, Float32Array | Int32Array>;
type InputShapes<Name extends string> = Inputs<Name, number[]>;

/** The values of a step's inputs, by name; shared by eager and compiled training. */
export function stepValues(batch: TrainingBatch, { rule }: TrainingProgram): InputValues<StepInput> {
  return {
    ...imageValues(batch.images),
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

export function evaluationValues(batch: EvaluationBatch, size: number): InputValues<EvaluationInput> {
  const valid = new Float32Array(size).fill(1, 0, batch.count);
  return { ...imageValues(batch.images), labels: batch.labels, valid };
}

export function imageValues(images: BatchImages): InputValues<ImageInput> {
  return images instanceof Float32Array ? { images } : { ...images };
}

/** The shapes of a step's inputs. */
export function stepShapes(program: TrainingProgram, batch: number): InputShapes<StepInput> {
  return {
    ...imageShapes(program, batch),
    labels: [batch],
    learningRate: [],
    dropoutSeed: [2],
    ...optimizerInputs(program.rule.scalars(1), () => []),
  };
}

function evaluationShapes(program: TrainingProgram, batch: number): InputShapes<EvaluationInput> {
  return { ...imageShapes(program, batch), labels: [batch], valid: [batch] };
}

export function imageShapes(program: TrainingProgram, batch: number): InputShapes<ImageInput> {
  const { input } = program.graph;
  if (program.fromBytes === null) return { images: [batch, ...input] };
  const variations = [batch, VARIATION_NUMBERS];
  return { memory: [1], places: [batch], variations, table: [input[2], 256] };
}

/** Tensors of the given values; int32 for integers. */
export function tensors<K extends string>(
  values: Readonly<Partial<Record<K, Float32Array | Int32Array>>>,
  shapes: Readonly<Partial<Record<K, number[]>>>,
): Record<K, Tensor> {
  const entries = (Object.keys(shapes) as K[]).map((name) => {
    const data = values[name];
    if (data === undefined) throw new Error(`the batch lacks its ${name}`);
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

  async writeState(values: readonly Float32Array[]): Promise<void> {
    await tf.ready();
    tf.dispose(this.#state);
    this.#state = this.#program.state.map(({ name }, index) => {
      const data = values[index];
      if (data === undefined) throw new Error(`the state lacks ${name}`);
      // TensorFlow.js keeps the array that it is given until a kernel needs the tensor
      return tf.tensor1d(data.slice(), 'float32');
    });
  }

  async readState(): Promise<Float32Array[]> {
    return Promise.all(this.#state.map(async (tensor) => (await tensor.data<'float32'>()).slice()));
  }

  async step(batch: TrainingBatch, trace: Trace = untraced): Promise<StepResult> {
    const program = this.#program;
    const inputs = tensors(stepValues(batch, program), stepShapes(program, this.#sizes.training));
    const { outputs, state } = trace({
      ...{ name: 'step', inputs, state: this.#state },
      compute: () => program.step(inputs, this.#state),
      outputsOf: ({ outputs: [mean, right, amongFive], state: next }) => ({
        outputs: { loss: mean, correct: right, correctTop5: amongFive },
        state: next,
      }),
    });
    tf.dispose([inputs, this.#state]);
    this.#state = state;
    const [loss, correct, correctTop5] = await Promise.all(outputs.map(valueOf));
    tf.dispose(outputs);
    return { loss: loss ?? Number.NaN, correct: correct ?? 0, correctTop5: correctTop5 ?? 0 };
  }

  async evaluate(batch: EvaluationBatch, trace: Trace = untraced): Promise<EvaluationResult> {
    const size = this.#sizes.evaluation;
    const inputs = tensors(evaluationValues(batch, size), evaluationShapes(this.#program, size));
    const [loss, correct, correctTop5, predicted] = trace({
      ...{ name: 'evaluate', inputs, state: this.#state },
      compute: () => this.#program.evaluate(inputs, this.#state),
      outputsOf: ([sum, right, amongFive, classes]) => ({
        outputs: { loss: sum, correct: right, correctTop5: amongFive, predicted: classes },
        state: [],
      }),
    });
    const result = {
      loss: await valueOf(loss),
      correct: await valueOf(correct),
      correctTop5: await valueOf(correctTop5),
      predicted: (await predicted.data<'int32'>()).slice(0, batch.count),
    };
    tf.dispose([inputs, loss, correct, correctTop5, predicted]);
    return result;
  }

  close(): void {
    tf.dispose(this.#state);
    this.#state = [];
  }
}

async function valueOf(scalar: Tensor): Promise<number> {
  return (await scalar.data())[0] ?? Number.NaN;
}
