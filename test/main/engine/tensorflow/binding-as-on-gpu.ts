import assert from 'node:assert/strict';
import type {
  Binding,
  OpAttribute,
  TensorMetadata,
} from '../../../../src-main/engine/engines/tensorflow/binding.ts';

const CHANNELS = 3;

/** Of gradients of convolutions: the input that gives the extents of the result. */
const EXTENTS_AT: Readonly<Record<string, number>> = { Conv2DBackpropInput: 0, Conv2DBackpropFilter: 1 };

/**
 * A binding that says that it computes on a GPU, so that the engine does what it does there, and computes on the CPU. TensorFlow has all that is
 * needed there but the gradients of convolutions with groups: these are computed one group after the other.
 */
export function asOnGpu(binding: Binding): Binding {
  const { TF_INT32, TF_ATTR_TYPE, TF_ATTR_INT, TF_FLOAT } = binding;
  const float: OpAttribute = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT };
  const shapes = new Map<number, readonly number[]>();

  const int32 = (values: readonly number[], shape = [values.length]): number =>
    binding.createTensor(shape, TF_INT32, Int32Array.from(values));

  function execute(name: string, attributes: OpAttribute[], ids: number[], count: number): TensorMetadata[] {
    const outputs = binding.executeOp(name, attributes, ids, count);
    for (const { id, shape } of outputs) shapes.set(id, shape);
    return outputs;
  }

  function shapeOf(id: number | undefined): readonly number[] {
    return shapes.get(id ?? -1) ?? assert.fail(`the shape of tensor ${id} is not known`);
  }

  /** A tensor in parts along its channels. */
  function parted(id: number, parts: number): number[] {
    const attributes = [{ name: 'num_split', type: TF_ATTR_INT, value: parts }, float];
    return execute('Split', attributes, [int32([CHANNELS], []), id], parts).map((part) => part.id);
  }

  function joined(parts: readonly TensorMetadata[]): TensorMetadata[] {
    const attributes = [
      { name: 'N', type: TF_ATTR_INT, value: parts.length },
      { name: 'Tidx', type: TF_ATTR_TYPE, value: TF_INT32 },
      float,
    ];
    return execute('ConcatV2', attributes, [...parts.map(({ id }) => id), int32([CHANNELS], [])], 1);
  }

  /** @param extentsAt the input that gives the extents of the result; the other one and the gradient are cut */
  function gradient(
    name: string,
    attributes: OpAttribute[],
    ids: number[],
    extentsAt: number,
  ): TensorMetadata[] {
    const extents = [...binding.tensorDataSync(ids[extentsAt] ?? -1)];
    const [maps, kernel] = extentsAt === 0 ? [extents, shapeOf(ids[1])] : [shapeOf(ids[0]), extents];
    const groups = (maps[CHANNELS] ?? Number.NaN) / (kernel[2] ?? Number.NaN);
    if (groups === 1) return execute(name, attributes, ids, 1);
    const ofPart = int32(extents.map((extent, axis) => (axis === CHANNELS ? extent / groups : extent)));
    const inputs = ids.map((id, at) =>
      at === extentsAt ? Array<number>(groups).fill(ofPart) : parted(id, groups),
    );
    const parts = Array.from({ length: groups }, (_, group) =>
      execute(
        name,
        attributes,
        inputs.map((parts) => parts[group] ?? -1),
        1,
      ),
    );
    return joined(parts.flat());
  }

  return Object.create(binding, {
    isUsingGpuDevice: { value: () => true },
    createTensor: {
      value(shape: number[], dtype: number, values: Float32Array) {
        const id = binding.createTensor(shape, dtype, values);
        shapes.set(id, [...shape]);
        return id;
      },
    },
    executeOp: {
      value(name: string, attributes: OpAttribute[], ids: number[], count: number) {
        const extentsAt = EXTENTS_AT[name];
        if (extentsAt === undefined) return execute(name, attributes, ids, count);
        return gradient(name, attributes, ids, extentsAt);
      },
    },
  }) as Binding;
}
