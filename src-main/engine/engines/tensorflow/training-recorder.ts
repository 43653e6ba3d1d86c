import { compiledTraining } from '../../compiled-training.ts';
import type { BatchSizes, TrainingRecorder } from '../../engine.ts';
import type { Precision } from '../../../../src-shared/studies/recipe.ts';
import { vectorsOf } from '../../states-beside.ts';
import type { TracedCall } from '../../traced-call.ts';
import type { TrainingProgram } from '../../training-program.ts';
import type { TensorFlowBackend } from './backend.ts';
import { CompiledProgram, type RecordedFunction } from './compiled-program.ts';
import type { ImagesOnDevice } from './images-on-device.ts';
import { inBfloat16 } from './lower-precision.ts';
import { recordFunction } from './record-function.ts';
import { simplified } from './simplify-recording.ts';

/** A step of training in a precision; an evaluation stays as it is. */
function inPrecision(
  { binding }: TensorFlowBackend,
  recorded: RecordedFunction,
  precision: Precision,
): RecordedFunction {
  const { recording, writesState } = recorded;
  if (precision === 'float32' || !writesState) return recorded;
  return { ...recorded, recording: inBfloat16(binding, simplified(recording)) };
}

/**
 * Records a step and an evaluation of a program, and builds a session that replays them.
 * @param images that a program may take from the device; null: none does
 */
export function trainingRecorder(
  backend: TensorFlowBackend,
  program: TrainingProgram,
  sizes: BatchSizes,
  images: ImagesOnDevice | null,
): TrainingRecorder {
  const size = program.graph.input.reduce((product, extent) => product * extent, 1);
  const onDevice = images !== null && program.fromBytes === images ? { images, size } : null;
  const recordings = new Map<string, () => RecordedFunction>();
  return {
    trace: <T>(call: TracedCall<T>): T => {
      const { result, recorded } = recordFunction(backend, call);
      recordings.set(call.name, recorded);
      return result;
    },
    // TensorFlow's session is built at once; what it throws is a rejection all the same
    compile: (precision) =>
      new Promise((resolve) => {
        const functions = [...recordings.values()].map((recorded) =>
          inPrecision(backend, recorded(), precision),
        );
        const compiled = new CompiledProgram(backend.binding, vectorsOf(program), functions, onDevice);
        resolve(compiledTraining(compiled, program, sizes));
      }),
  };
}
