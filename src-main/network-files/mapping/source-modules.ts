import type { NamedTensor } from '../../checkpoints/safetensors.ts';

/** What a file holds of one layer: a kernel, a batch norm, or both under one name. */
export interface SourceModule {
  /** In the file, e.g. `features.3.squeeze`. */
  readonly name: string;
  /** By what each is, one of `FIELDS`. */
  readonly fields: ReadonlyMap<SourceField, NamedTensor>;
  /** PyTorch's kernels have filters first, those of TensorFlow and Kindling last. */
  readonly filtersFirst: boolean;
}

export type SourceField = 'kernel' | 'bias' | 'gamma' | 'beta' | 'moving mean' | 'moving variance';

/** The last part of a tensor's name says what it is; that of no weight is null. */
const FIELDS: Readonly<Record<string, SourceField | null>> = {
  weight: 'kernel',
  kernel: 'kernel',
  depthwise_kernel: 'kernel',
  bias: 'bias',
  gamma: 'gamma',
  beta: 'beta',
  running_mean: 'moving mean',
  moving_mean: 'moving mean',
  running_var: 'moving variance',
  moving_variance: 'moving variance',
  num_batches_tracked: null,
};

export interface GroupedTensors {
  /** In the order of their first tensors. */
  readonly modules: readonly SourceModule[];
  /** Names of tensors of which it is not known what they are. */
  readonly unknown: readonly string[];
}

/** Puts the tensors of each layer together by their names. */
export function sourceModules(tensors: readonly NamedTensor[]): GroupedTensors {
  const grouped = new Map<string, NamedTensor[]>();
  const unknown: string[] = [];
  for (const tensor of tensors) {
    const [layer, field] = nameParts(tensor.name);
    if (FIELDS[field] === undefined) unknown.push(tensor.name);
    else if (FIELDS[field] !== null) grouped.set(layer, [...(grouped.get(layer) ?? []), tensor]);
  }
  return { modules: [...grouped].map(([name, of]) => sourceModule(name, of)), unknown };
}

function sourceModule(name: string, tensors: readonly NamedTensor[]): SourceModule {
  const fieldNames = tensors.map((tensor) => nameParts(tensor.name)[1]);
  // PyTorch calls the scale of a batch norm its weight, and the shift its bias
  const isNorm = tensors.every(({ shape }) => shape.length < 2);
  const fields = new Map(
    tensors.flatMap((tensor, index) => {
      const field = FIELDS[fieldNames[index] ?? ''];
      if (!field) return [];
      const normField = field === 'kernel' ? 'gamma' : field === 'bias' ? 'beta' : field;
      return [[isNorm ? normField : field, tensor] as const];
    }),
  );
  return { name, fields, filtersFirst: fieldNames.includes('weight') };
}

/** `conv1/kernel` and `conv1.weight` in two; TensorFlow puts `:0` behind. */
function nameParts(name: string): readonly [layer: string, field: string] {
  const [, layer = '', field = ''] = /^(?:(.*)[./])?([^./:]+)(?::0)?$/.exec(name) ?? [];
  return [layer, field];
}
