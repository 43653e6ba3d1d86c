import type { AttributeValue, OnnxWriter } from '../../../src-shared/networks/layers/onnx-writer.ts';
import { ATTRIBUTE_TYPES, FLOAT, INT64 } from '../../network-files/onnx/onnx-schema.ts';
import type { AttributeProto, NodeProto, TensorProto } from '../../network-files/onnx/onnx-schema.ts';

/** Collects the nodes and constants of an ONNX graph, in topological order. */
export class OnnxGraph implements OnnxWriter {
  readonly #nodes: NodeProto[] = [];
  readonly #constants: TensorProto[] = [];

  get nodes(): readonly NodeProto[] {
    return this.#nodes;
  }

  get constants(): readonly TensorProto[] {
    return this.#constants;
  }

  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
    this.#nodes.push({ input: inputs, output: [output], name: output, op_type: operator, attribute });
    return output;
  }

  floats(name: string, shape: readonly number[], values: Float32Array): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#constants.push({ dims: shape, data_type: FLOAT, name, raw_data: bytes });
    return name;
  }

  integers(name: string, values: readonly number[]): string {
    const bytes = new Uint8Array(BigInt64Array.from(values, (value) => BigInt(value)).buffer);
    this.#constants.push({ dims: [values.length], data_type: INT64, name, raw_data: bytes });
    return name;
  }
}

function attributeOf(name: string, value: AttributeValue): AttributeProto {
  if ('float' in value) return { name, type: ATTRIBUTE_TYPES.float, f: value.float };
  if ('integer' in value) return { name, type: ATTRIBUTE_TYPES.integer, i: value.integer };
  return { name, type: ATTRIBUTE_TYPES.integers, ints: value.integers };
}
