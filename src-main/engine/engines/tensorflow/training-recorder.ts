import { compiledTraining } from '../../compiled-training.ts';
import type { BatchSizes, TrainingRecorder } from '../../engine.ts';
import type { Precision } from '../../../../src-shared/studies/recipe.ts';
import { vectorsOf } from '../../states-beside.ts';
import type { TracedCall } from '../../traced-call.ts';
import type { TrainingProgram } from '../../training-program.ts';
import type { TensorFlowBackend } from './backend.ts';
import { CompiledProgram } from './compiled-program.ts';
import type { RecordedFunction } from './recorded-function.ts';
import type { ImagesOnDevice } from './images-on-device.ts';
import { inBfloat16 } from './lower-precision.ts';
import { recordFunction } from './record-function.ts';
import { simplified } from './simplify-recording.ts';

/** What differs between ways to train: an evaluation stays as it is. */
interface StepWay {
  readonly precision: Precision;
  readonly isLoop: boolean;
}

function asTrained(
  { binding }: TensorFlowBackend,
  recorded: RecordedFunction,
  { precision, isLoop }: StepWay,
): RecordedFunction {
  const { recording, writesState } = recorded;
  if (!writesState) return recorded;
  const isRounded = precision === 'bfloat16';
  return {
    ...recorded,
    isLoop,
    recording: isRounded ? inBfloat16(binding, simplified(recording)) : recording,
  };
}

/**
 * Records a step and an evaluation of a program, and builds a session that replays them.
 * @param images that a program may take from the device; null: none does
 * @param mostSteps that a call takes of a program that takes its images there
 */
export function trainingRecorder(
  backend: TensorFlowBackend,
  program: TrainingProgram,
  sizes: BatchSizes,
  images: ImagesOnDevice | null,
  mostSteps: number,
): TrainingRecorder {
  const size = program.graph.input.reduce((product, extent) => product * extent, 1);
  const isOnDevice = images !== null && program.fromBytes === images;
  const onDevice = isOnDevice ? { images, size } : null;
  const recordings = new Map<string, () => RecordedFunction>();
  return {
    trace: <T>(call: TracedCall<T>): T => {
      const { result, recorded } = recordFunction(backend, call);
      recordings.set(call.name, recorded);
      return result;
    },
    // TensorFlow's session is built at once; what it throws is a rejection all the same
    stepsACall: isOnDevice && mostSteps > 1 ? [mostSteps, 1] : [1],
    compile: (precision, most) =>
      new Promise((resolve) => {
        const functions = [...recordings.values()].map((recorded) =>
          asTrained(backend, recorded(), { precision, isLoop: most > 1 }),
        );
        const compiled = new CompiledProgram(backend.binding, vectorsOf(program), functions, onDevice);
        resolve(compiledTraining(compiled, program, sizes, most));
      }),
  };
}
