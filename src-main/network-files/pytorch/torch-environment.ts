import type { ValueType } from '../../checkpoints/float-values.ts';
import { type PickleEnvironment, Refused } from './pickle-machine.ts';
import { Callable, type Pickled, Storage, StorageType, Tensor } from './pickled.ts';

/** The types of the values in storages. */
const STORAGE_TYPES: Readonly<Record<string, ValueType>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

export function valueTypeOf({ type }: Storage): ValueType {
  const known = STORAGE_TYPES[type.name];
  if (known === undefined) throw new Error(`no storage is ${type.name}`);
  return known;
}

const GLOBALS: ReadonlyMap<string, Pickled> = new Map<string, Pickled>([
  ['collections.OrderedDict', new Callable(orderedDictionary)],
  ['torch._utils._rebuild_tensor', new Callable(rebuiltTensor)],
  ['torch._utils._rebuild_tensor_v2', new Callable(rebuiltTensor)],
  // a parameter is the tensor that it holds
  ['torch._utils._rebuild_parameter', new Callable(([tensor = null]) => tensor)],
  ...Object.keys(STORAGE_TYPES).map((name) => [`torch.${name}`, new StorageType(name)] as const),
]);

/** What a file of PyTorch's `torch.save` of weights names. */
export const TORCH_ENVIRONMENT: PickleEnvironment = {
  global: (name) => {
    const known = GLOBALS.get(name);
    if (known === undefined) throw new Refused(refusedGlobal(name));
    return known;
  },
  // ('storage', type, key, device, size); older files add a view, which is null
  persistent: (id) => {
    const [kind, type, key, , size] = Array.isArray(id) ? (id as readonly Pickled[]) : [];
    if (kind !== 'storage' || !(type instanceof StorageType)) throw new Refused('it refers to no storage');
    if (typeof key !== 'string' || !isCount(size)) throw new Refused('it has a storage without name or size');
    return new Storage(type, key, size);
  },
};

function refusedGlobal(name: string): string {
  return `it names ${JSON.stringify(name)}, which no file of weights needs. Nothing of it was run; a whole model is saved as weights by torch.save(model.state_dict(), FILE)`;
}

/** Empty as a rule, filled afterwards; Python 2 gave its items as a list of pairs. */
function orderedDictionary([items = []]: readonly Pickled[]): Pickled {
  const pairs = Array.isArray(items) ? (items as readonly Pickled[]) : [];
  return new Map(
    pairs.map((pair) => {
      const [key = null, entry = null] = Array.isArray(pair) ? (pair as readonly Pickled[]) : [];
      return [key, entry];
    }),
  );
}

/** (storage, offset, size, stride, …) */
function rebuiltTensor([storage, offset, shape, strides]: readonly Pickled[]): Pickled {
  if (!(storage instanceof Storage) || !isCount(offset) || !areCounts(shape) || !areCounts(strides))
    throw new Refused('it makes a tensor of what is no storage');
  if (shape.length !== strides.length)
    throw new Refused('it has a tensor whose strides are not those of its shape');
  const size = shape.reduce((product, extent) => product * extent, 1);
  const last = shape.reduce((at, extent, axis) => at + (extent - 1) * (strides[axis] ?? 0), offset);
  // a view may repeat values, but no weight does, and so none is larger than the file
  if (size > storage.size || (size > 0 && last >= storage.size))
    throw new Refused(
      `it has a tensor of shape [${shape.join(', ')}] in a storage of ${storage.size} values`,
    );
  return new Tensor(storage, offset, shape, strides);
}

function isCount(entry: Pickled | undefined): entry is number {
  return typeof entry === 'number' && Number.isSafeInteger(entry) && entry >= 0;
}

function areCounts(entry: Pickled | undefined): entry is readonly number[] {
  return Array.isArray(entry) && (entry as readonly Pickled[]).every(isCount);
}
