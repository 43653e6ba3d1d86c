import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import { tensors } from '../../eager-training.ts';
import type { StateEntry } from '../../training-program.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { Binding } from './binding.ts';
import type { RecordedFunction } from './compiled-program.ts';
import { record } from './recording.ts';

/**
 * Records a pure function of inputs and a state, on a state of zeros.
 * @param values of the inputs, on which it is recorded
 * @param compute tells the names of its outputs, and the outputs with the new state behind them if it writes one
 */
export function recordFunction<K extends string>(
  backend: TensorFlowBackend,
  entries: readonly StateEntry[],
  name: string,
  writesState: boolean,
  shapes: Record<K, number[]>,
  values: Record<K, Float32Array | Int32Array>,
  compute: (inputs: Record<K, Tensor>, state: Tensor1D[]) => readonly [readonly string[], readonly Tensor[]],
): RecordedFunction {
  const inputs = tensors(values, shapes);
  const state = entries.map(({ size }) => tf.zeros<tf.Rank.R1>([size]));
  const names = Object.keys(shapes) as K[];
  const { result, recording } = record(
    backend,
    [...names.map((input) => inputs[input]), ...state],
    () => compute(inputs, state),
    ([, outputs]) => outputs,
  );
  const [outputNames, outputs] = result;
  const described: RecordedFunction = {
    name,
    inputs: names.map((input) => ({
      name: input,
      dtype: dtypeOf(backend.binding, inputs[input]),
      shape: shapes[input],
    })),
    outputs: outputNames.map((output, index) => ({
      name: output,
      dtype: dtypeOf(backend.binding, outputs[index]),
    })),
    recording,
    writesState,
  };
  tf.dispose([inputs, state, [...outputs]]);
  return described;
}

function dtypeOf(binding: Binding, tensor: Tensor | undefined): number {
  return tensor?.dtype === 'int32' ? binding.TF_INT32 : binding.TF_FLOAT;
}
