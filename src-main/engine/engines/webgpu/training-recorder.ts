import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { compiledTraining } from '../../compiled-training.ts';
import type { BatchSizes, TrainingRecorder } from '../../engine.ts';
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
    stepsACall: [1],
    compile: () => Promise.resolve(compiledTraining(new Replay(opened, recorder, calls), program, sizes)),
  };
}
