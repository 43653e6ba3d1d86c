import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import type {
  BatchSizes,
  EvaluationBatch,
  EvaluationResult,
  FusedTraining,
  State,
  StepResult,
  TrainingBatch,
} from './engine.ts';
import {
  evaluationResults,
  evaluationShapes,
  evaluationValues,
  type Numbers,
  stepResults,
  stepShapes,
  stepValues,
} from './program-values.ts';
import { joinStates, splitStates } from './states-beside.ts';
import { type Trace, untraced } from './traced-call.ts';
import type { TrainingProgram } from './training-program.ts';

/** What a program makes of its images, and how large they are. */
interface ProgramInput extends Pick<TrainingProgram, 'fromBytes'> {
  readonly graph: Pick<TrainingProgram['graph'], 'input'>;
}

/** The inputs of a program's function as tensors; int32 for integers. */
export function tensors<K extends string>(
  program: ProgramInput,
  values: Readonly<Partial<Record<K, Numbers>>>,
  shapes: Readonly<Partial<Record<K, number[]>>>,
): Record<K, Tensor> {
  const given: Readonly<Partial<Record<string, Numbers | Tensor>>> = {
    ...values,
    ...imagesOf(program, values),
  };
  const entries = (Object.keys(shapes) as K[]).map((name) => {
    const data = given[name];
    if (data === undefined) throw new Error(`the batch lacks its ${name}`);
    if (data instanceof tf.Tensor) return [name, data] as const;
    return [name, tf.tensor(data, shapes[name], data instanceof Int32Array ? 'int32' : 'float32')] as const;
  });
  return Object.fromEntries(entries) as Record<K, Tensor>;
}

/** Where the images of a batch are found op by op, where that is elsewhere. */
function imagesOf(
  { fromBytes, graph }: ProgramInput,
  { memory, places }: Readonly<Partial<Record<string, Numbers>>>,
) {
  const isElsewhere = memory instanceof Int32Array && places instanceof Int32Array;
  return isElsewhere ? fromBytes?.ofBatch?.({ memory, places }, graph.input) : undefined;
}

/** Runs a program op by op, with its state as tensors. */
export class EagerTraining implements FusedTraining {
  readonly several = null;
  readonly #program: TrainingProgram;
  readonly #sizes: BatchSizes;
  #state: Tensor1D[] = [];

  constructor(program: TrainingProgram, sizes: BatchSizes) {
    this.#program = program;
    this.#sizes = sizes;
  }

  async writeState(states: readonly State[]): Promise<void> {
    await tf.ready();
    const joined = joinStates(this.#program, states);
    tf.dispose(this.#state);
    this.#state = joined.map((vector) => tf.tensor1d(vector, 'float32'));
  }

  async readState(): Promise<Float32Array[][]> {
    const vectors = await Promise.all(this.#state.map((tensor) => tensor.data<'float32'>()));
    return splitStates(this.#program, vectors);
  }

  async step(batches: readonly TrainingBatch[], trace: Trace = untraced): Promise<StepResult[]> {
    const program = this.#program;
    const inputs = tensors(program, stepValues(batches, program), stepShapes(program, this.#sizes.training));
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
    return stepResults(program, await taken(outputs));
  }

  async evaluate(batch: EvaluationBatch, trace: Trace = untraced): Promise<EvaluationResult[]> {
    const program = this.#program;
    const size = this.#sizes.evaluation;
    const inputs = tensors(program, evaluationValues(batch, program, size), evaluationShapes(program, size));
    const outputs = trace({
      ...{ name: 'evaluate', inputs, state: this.#state },
      compute: () => program.evaluate(inputs, this.#state),
      outputsOf: ([sum, right, amongFive, classes]) => ({
        outputs: { loss: sum, correct: right, correctTop5: amongFive, predicted: classes },
        state: [],
      }),
    });
    tf.dispose(inputs);
    return evaluationResults(program, batch.count, await taken(outputs));
  }

  close(): void {
    tf.dispose(this.#state);
    this.#state = [];
  }
}

/** The values of tensors, which are disposed of. */
async function taken(outputs: readonly Tensor[]): Promise<Numbers[]> {
  const values = await Promise.all(outputs.map((output) => output.data<'float32' | 'int32'>()));
  tf.dispose([...outputs]);
  return values;
}
