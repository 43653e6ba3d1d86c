import type { Tensor } from '@tensorflow/tfjs';
import { attributesOf } from './attributes.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { Binding, OpAttribute, TensorMetadata } from './binding.ts';

/** A value that an op reads: an input of the program, a constant, or the output of an earlier op. */
export type Source =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'constant'; readonly index: number }
  | { readonly kind: 'op'; readonly index: number; readonly output: number };

export interface RecordedOp {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly Source[];
  /** Of each output. */
  readonly shapes: readonly (readonly number[])[];
}

export interface Constant {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** What a pure function of tensors did, op by op. */
export interface Recording {
  /** Of each input. */
  readonly inputShapes: readonly (readonly number[])[];
  readonly ops: readonly RecordedOp[];
  readonly constants: readonly Constant[];
  readonly outputs: readonly Source[];
}

export function shapeOf({ ops, constants, inputShapes }: Recording, source: Source): readonly number[] {
  switch (source.kind) {
    case 'input':
      return at(inputShapes, source.index);
    case 'constant':
      return at(constants, source.index).shape;
    case 'op':
      return at(at(ops, source.index).shapes, source.output);
  }
}

/** @throws Error where a recording lacks what it speaks of */
export function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new Error(`the recording lacks its value ${index}`);
  return value;
}

/**
 * Runs `compute` eagerly and records it. Every kernel of tfjs-node goes through the binding's `executeOp`
 * and `createTensor`, so a binding that also writes down what passes sees all of it, gradients included.
 *
 * `compute` must not read a tensor's values: what it branches on would be lost.
 *
 * @param inputs the tensors that `compute` depends on and that will differ between replays
 * @returns what `compute` does, whose course is not changed; and what was recorded, which throws an Error if the function
 *   read values, or an output has no source
 */
export function record<T>(
  backend: TensorFlowBackend,
  inputs: readonly Tensor[],
  compute: () => T,
  outputsOf: (result: T) => readonly Tensor[],
): { result: T; recording: () => Recording } {
  const real = backend.binding;
  const sources = new Map<number, Source>();
  const created = new Map<number, Constant>();
  const constants: Constant[] = [];
  const ops: RecordedOp[] = [];
  const mistakes: Error[] = [];

  /** What cannot be recorded does not change what is computed. */
  function note(write: () => void): void {
    if (mistakes.length > 0) return;
    try {
      write();
    } catch (error) {
      mistakes.push(error instanceof Error ? error : new Error(String(error)));
    }
  }

  backend.getInputTensorIds([...inputs]).forEach((id, index) => sources.set(id, { kind: 'input', index }));

  function sourceOf(id: number): Source {
    const known = sources.get(id);
    if (known !== undefined) return known;
    const constant = created.get(id);
    if (constant === undefined) throw new Error(`tensor ${id} was made outside of the recorded function`);
    const source: Source = { kind: 'constant', index: constants.push(constant) - 1 };
    sources.set(id, source);
    return source;
  }

  const recorder: Binding = Object.create(real, {
    createTensor: {
      value(shape: number[], dtype: number, values: Float32Array | Int32Array | Uint8Array | number[]) {
        const id = real.createTensor(shape, dtype, values as Float32Array);
        note(() => created.set(id, { shape: [...shape], dtype, values: typedCopy(real, dtype, values) }));
        return id;
      },
    },
    executeOp: {
      value(name: string, attributes: OpAttribute[], ids: number[], count: number) {
        const outputs = real.executeOp(name, attributes, ids, count);
        note(() => {
          const typed = [...attributes, ...missingType(real, name, outputs)];
          const index =
            ops.push({
              ...{ name, attributes: typed, inputs: ids.map(sourceOf) },
              shapes: outputs.map(({ shape }) => shape),
            }) - 1;
          outputs.forEach(({ id }, output) => sources.set(id, { kind: 'op', index, output }));
        });
        return outputs;
      },
    },
    tensorDataSync: {
      value(id: number) {
        note(() => {
          throw new Error('a recorded function may not read the values of a tensor');
        });
        return real.tensorDataSync(id);
      },
    },
  }) as Binding;

  backend.binding = recorder;
  try {
    const result = compute();
    const ids = backend.getInputTensorIds([...outputsOf(result)]);
    note(() => ids.forEach(sourceOf));
    const recording = (): Recording => {
      const [mistake] = mistakes;
      if (mistake !== undefined) throw mistake;
      return { inputShapes: inputs.map(({ shape }) => shape), ops, constants, outputs: ids.map(sourceOf) };
    };
    return { result, recording };
  } finally {
    backend.binding = real;
  }
}

/**
 * Ops that tfjs-node runs without the type that a graph must state: executed eagerly, an op takes it from its inputs. It is
 * the one of their output. (LogicalAnd, LogicalOr and LogicalNot, which get none either, have none.)
 */
const UNTYPED = new Set(['ExpandDims']);

function missingType(binding: Binding, name: string, [output]: readonly TensorMetadata[]): OpAttribute[] {
  if (!UNTYPED.has(name) || output === undefined) return [];
  return [attributesOf(binding).type('T', output.dtype)];
}

/** The values as they are in memory for that type; copied, since the caller may reuse its array. */
function typedCopy(
  binding: Binding,
  dtype: number,
  values: Float32Array | Int32Array | Uint8Array | number[],
): Float32Array | Int32Array | Uint8Array {
  switch (dtype) {
    case binding.TF_FLOAT:
      return new Float32Array(values);
    case binding.TF_INT32:
      return new Int32Array(values);
    case binding.TF_BOOL:
      return new Uint8Array(values);
    default:
      throw new Error(`a constant of TensorFlow's type ${dtype} cannot be recorded`);
  }
}
