import * as tf from '@tensorflow/tfjs';
import { evaluationShapes, evaluationValues, stepShapes, stepValues } from '../../eager-training.ts';
import type { BatchSizes, Training } from '../../engine.ts';
import type { TrainingProgram } from '../../training-program.ts';
import type { TensorFlowBackend } from './backend.ts';
import { CompiledProgram, type RecordedFunction } from './compiled-program.ts';
import { recordFunction } from './record-function.ts';

const STEP_OUTPUTS = ['loss', 'correct', 'correctTop5'] as const;
const EVALUATION_OUTPUTS = ['loss', 'correct', 'correctTop5', 'predicted'] as const;

/**
 * Records one step and one evaluation of a program and builds a session that replays them.
 * The recording runs on zeros, so it costs one eager step and one eager evaluation.
 */
export function compileTraining(
  backend: TensorFlowBackend,
  program: TrainingProgram,
  sizes: BatchSizes,
): Promise<Training> {
  return answered(() => trainingOf(backend, program, sizes));
}

function trainingOf(backend: TensorFlowBackend, program: TrainingProgram, sizes: BatchSizes): Training {
  const compiled = new CompiledProgram(backend.binding, program.state, [
    recordStep(backend, program, sizes.training),
    recordEvaluation(backend, program, sizes.evaluation),
  ]);
  return {
    writeState: (values) => answered(() => compiled.writeState(values)),
    readState: () => answered(() => compiled.readState()),
    step: (batch) =>
      answered(() => {
        const [loss, correct, top5] = compiled.call('step', stepValues(batch, program));
        return {
          loss: loss?.[0] ?? Number.NaN,
          correct: correct?.[0] ?? 0,
          correctTop5: top5?.[0] ?? 0,
        };
      }),
    evaluate: (batch) =>
      answered(() => {
        const values = evaluationValues(batch, sizes.evaluation);
        const [loss, correct, top5, predicted] = compiled.call('evaluate', values);
        return {
          loss: loss?.[0] ?? Number.NaN,
          correct: correct?.[0] ?? 0,
          correctTop5: top5?.[0] ?? 0,
          predicted: Int32Array.from(predicted ?? []).slice(0, batch.count),
        };
      }),
    close: () => compiled.close(),
  };
}

/** TensorFlow's session answers at once; what it throws is a rejection all the same. */
function answered<T>(compute: () => T): Promise<T> {
  return new Promise((resolve) => resolve(compute()));
}

function recordStep(backend: TensorFlowBackend, program: TrainingProgram, batch: number): RecordedFunction {
  const shapes = stepShapes(program, batch);
  const zeros = {
    images: zeroImages(shapes.images),
    labels: new Int32Array(batch),
    learningRate: 0,
    step: 0,
    seed: 0,
  };
  return recordFunction(
    backend,
    program.state,
    'step',
    true,
    shapes,
    stepValues(zeros, program),
    (inputs, state) => {
      const result = program.step(inputs, state);
      return [STEP_OUTPUTS, [...result.outputs, ...result.state]];
    },
  );
}

function recordEvaluation(
  backend: TensorFlowBackend,
  program: TrainingProgram,
  batch: number,
): RecordedFunction {
  const shapes = evaluationShapes(program.graph.input, batch);
  const zeros = { images: zeroImages(shapes.images), labels: new Int32Array(batch), count: batch };
  const values = evaluationValues(zeros, batch);
  return recordFunction(backend, program.state, 'evaluate', false, shapes, values, (inputs, state) => [
    EVALUATION_OUTPUTS,
    program.evaluate(inputs, state),
  ]);
}

function zeroImages(shape: readonly number[]): Float32Array {
  return new Float32Array(tf.util.sizeFromShape([...shape]));
}
