import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { compiledTraining } from '../../compiled-training.ts';
import type { BatchSizes, TrainingRecorder } from '../../engine.ts';
import type { TracedCall } from '../../traced-call.ts';
import type { TrainingProgram } from '../../training-program.ts';
import type { OpenDevice } from './device.ts';
import type { ImagesOnDevice } from './images-on-device.ts';
import type { ProgramTimes } from './program-times.ts';
import { RecordedImages } from './recorded-images.ts';
import { type RecordedCall, Recorder } from './recorder.ts';
import { Replay } from './replay.ts';

/** What programs are recorded and replayed with. */
export interface RecordingDevice extends OpenDevice {
  readonly backend: WebGPUBackend;
  /** That a program may find on the device. */
  readonly images: ImagesOnDevice;
  /** Null where nobody asks for them. */
  readonly times: ProgramTimes | null;
}

/**
 * Records a step and an evaluation of a program, and replays them.
 * @param mostSteps that a call takes of a program that finds its images on the device
 */
export function trainingRecorder(
  recordedOn: RecordingDevice,
  program: TrainingProgram,
  sizes: BatchSizes,
  mostSteps: number,
): TrainingRecorder {
  const { backend, device, images, times } = recordedOn;
  const recorder = new Recorder(backend);
  const calls = new Map<string, RecordedCall>();
  const isOnDevice = program.fromBytes === images;
  const size = program.graph.input.reduce((product, extent) => product * extent, 1);
  return {
    trace: <T>(call: TracedCall<T>): T => {
      const { result, recorded } = recorder.record(call);
      calls.set(call.name, recorded);
      return result;
    },
    stepsACall: [isOnDevice ? mostSteps : 1],
    compile: (_, most) => {
      const options = { images: isOnDevice ? new RecordedImages(device, { images, size }) : null, times };
      return Promise.resolve(
        compiledTraining(new Replay(recordedOn, recorder, calls, options), program, sizes, most),
      );
    },
  };
}
