import { evaluationValues, stepValues } from '../../eager-training.ts';
import type { BatchSizes, Training, TrainingRecorder } from '../../engine.ts';
import type { TracedCall } from '../../traced-call.ts';
import type { TrainingProgram } from '../../training-program.ts';
import type { TensorFlowBackend } from './backend.ts';
import { CompiledProgram, type RecordedFunction } from './compiled-program.ts';
import { recordFunction } from './record-function.ts';

/** Records a step and an evaluation of a program, and builds a session that replays them. */
export function trainingRecorder(
  backend: TensorFlowBackend,
  program: TrainingProgram,
  sizes: BatchSizes,
): TrainingRecorder {
  const recordings = new Map<string, () => RecordedFunction>();
  return {
    trace: <T>(call: TracedCall<T>): T => {
      const { result, recorded } = recordFunction(backend, call);
      recordings.set(call.name, recorded);
      return result;
    },
    compile: () =>
      answered(() => {
        const functions = [...recordings.values()].map((recorded) => recorded());
        return trainingOf(new CompiledProgram(backend.binding, program.state, functions), program, sizes);
      }),
  };
}

function trainingOf(compiled: CompiledProgram, program: TrainingProgram, sizes: BatchSizes): Training {
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
