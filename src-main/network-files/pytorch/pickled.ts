import type { NamedTensor } from '../../checkpoints/safetensors.ts';

/** What a pickle of weights may contain: plain data, tensors, and what those are made from. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Pickled[]
  | ReadonlyMap<Pickled, Pickled>
  | StorageType
  | Storage
  | Tensor
  | Callable;

/** A type of storages, e.g. `FloatStorage`, which a pickle names to say what a storage holds. */
export class StorageType {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** The values of one or more tensors, that lie elsewhere in the file. */
export class Storage {
  readonly type: StorageType;
  readonly key: string;
  /** Number of values. */
  readonly size: number;
  constructor(type: StorageType, key: string, size: number) {
    this.type = type;
    this.key = key;
    this.size = size;
  }
}

/** A view of a storage: the value at [i, j, …] lies at `offset` + i * strides[0] + j * strides[1] + … */
export class Tensor {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  constructor(storage: Storage, offset: number, shape: readonly number[], strides: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

/** One of the few functions that a pickle of weights calls, written here anew: nothing of Python is run. */
export class Callable {
  readonly call: (parameters: readonly Pickled[]) => Pickled;
  constructor(call: (parameters: readonly Pickled[]) => Pickled) {
    this.call = call;
  }
}

/** The values of a tensor, row by row. @param values those of its storage */
export function tensorValues(tensor: Tensor, name: string, values: Float32Array): NamedTensor {
  const { shape, strides, offset } = tensor;
  const size = shape.reduce((product, extent) => product * extent, 1);
  const contiguous = strides.every(
    (stride, axis) => shape[axis] === 1 || stride === shape.slice(axis + 1).reduce((a, b) => a * b, 1),
  );
  if (contiguous) return { name, shape, values: values.slice(offset, offset + size) };
  const place = (index: number): number => {
    let rest = index;
    let at = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const extent = shape[axis] ?? 1;
      at += (rest % extent) * (strides[axis] ?? 0);
      rest = Math.floor(rest / extent);
    }
    return at;
  };
  return {
    name,
    shape,
    values: Float32Array.from({ length: size }, (_, index) => values[place(index)] ?? 0),
  };
}
