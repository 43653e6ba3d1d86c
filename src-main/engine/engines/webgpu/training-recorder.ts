import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { evaluationValues, stepValues } from '../../eager-training.ts';
import type { BatchSizes, Training, TrainingRecorder } from '../../engine.ts';
import type { TracedCall } from '../../traced-call.ts';
import type { TrainingProgram } from '../../training-program.ts';
import type { OpenDevice } from './device.ts';
import { type RecordedCall, Recorder } from './recorder.ts';
import { Replay } from './replay.ts';

/** Records a step and an evaluation of a program, and replays them. */
export function trainingRecorder(
  opened: OpenDevice,
  backend: WebGPUBackend,
  program: TrainingProgram,
  sizes: BatchSizes,
): TrainingRecorder {
  const recorder = new Recorder(backend);
  const calls = new Map<string, RecordedCall>();
  return {
    trace: <T>(call: TracedCall<T>): T => {
      const { result, recorded } = recorder.record(call);
      calls.set(call.name, recorded);
      return result;
    },
    compile: () => Promise.resolve(trainingOf(new Replay(opened, recorder, calls), program, sizes)),
  };
}

function trainingOf(replay: Replay, program: TrainingProgram, sizes: BatchSizes): Training {
  return {
    writeState: (values) => replay.writeState(values),
    readState: () => replay.readState(),
    step: async (batch) => {
      const [loss, correct, top5] = await replay.call('step', stepValues(batch, program));
      return { loss: numberOf(loss), correct: numberOf(correct), correctTop5: numberOf(top5) };
    },
    evaluate: async (batch) => {
      const values = evaluationValues(batch, sizes.evaluation);
      const [loss, correct, top5, predicted] = await replay.call('evaluate', values);
      return {
        ...{ loss: numberOf(loss), correct: numberOf(correct), correctTop5: numberOf(top5) },
        predicted: new Int32Array(predicted ?? new ArrayBuffer()).slice(0, batch.count),
      };
    },
    close: () => replay.close(),
  };
}

function numberOf(bytes: ArrayBuffer | undefined): number {
  return bytes === undefined ? Number.NaN : (new Float32Array(bytes)[0] ?? Number.NaN);
}
