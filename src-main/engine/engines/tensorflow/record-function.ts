import type { Tensor } from '@tensorflow/tfjs';
import type { TracedCall } from '../../traced-call.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { RecordedFunction } from './recorded-function.ts';
import { record } from './recording.ts';

/**
 * Makes a call and records it.
 * @returns what it computed, and what was recorded, which throws an Error where it cannot be replayed
 */
export function recordFunction<T>(
  backend: TensorFlowBackend,
  { name, inputs, state, compute, outputsOf }: TracedCall<T>,
): { result: T; recorded: () => RecordedFunction } {
  const given = [...Object.values(inputs), ...state];
  const { result, recording } = record(backend, given, compute, (found) => {
    const after = outputsOf(found);
    return [...Object.values(after.outputs), ...after.state];
  });
  const after = outputsOf(result);
  const described = {
    name,
    inputs: Object.entries(inputs).map(([input, tensor]) => ({
      ...typeOf(backend, tensor, input),
      shape: tensor.shape,
    })),
    outputs: Object.entries(after.outputs).map(([output, tensor]) => typeOf(backend, tensor, output)),
    ...{ writesState: after.state.length > 0, isLoop: false },
  };
  return { result, recorded: () => ({ ...described, recording: recording() }) };
}

function typeOf({ binding }: TensorFlowBackend, { dtype }: Tensor, name: string) {
  return { name, dtype: dtype === 'int32' ? binding.TF_INT32 : binding.TF_FLOAT };
}
