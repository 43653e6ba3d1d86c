import { z } from 'zod';
import { floatValues, type ValueType, VALUE_BYTES } from '../../checkpoints/float-values.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { decodeModel, INT64 } from './onnx-schema.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const tensorSchema = z.object({
  dims: z.array(z.int().min(0)),
  data_type: z.int(),
  float_data: z.array(z.number()),
  int64_data: z.array(z.number()),
  name: z.string(),
  raw_data: bytes,
  external_data: z.array(z.unknown()),
});
type OnnxTensor = z.output<typeof tensorSchema>;

const attributeSchema = z.object({
  name: z.string(),
  f: z.number(),
  i: z.number(),
  s: bytes,
  t: tensorSchema.nullish(),
  ints: z.array(z.number()),
});
type OnnxAttribute = z.output<typeof attributeSchema>;

const nodeSchema = z.object({
  input: z.array(z.string()),
  output: z.array(z.string()),
  name: z.string(),
  op_type: z.string(),
  attribute: z.array(attributeSchema),
});
export type OnnxNode = z.output<typeof nodeSchema>;

const shapeSchema = z.object({ dim: z.array(z.object({ dim_value: z.number().optional() })) });
const inputSchema = z.object({
  name: z.string(),
  type: z.object({ tensor_type: z.object({ shape: shapeSchema.nullish() }).nullish() }).nullish(),
});

const graphSchema = z.object({
  node: z.array(nodeSchema).min(1),
  initializer: z.array(tensorSchema),
  input: z.array(inputSchema),
});
export type OnnxGraph = z.output<typeof graphSchema>;

const modelSchema = z.object({
  graph: graphSchema,
  metadata_props: z.array(z.object({ key: z.string(), value: z.string() })),
});

export interface OnnxModel {
  readonly graph: OnnxGraph;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @throws Error with the reason for what is no model */
export function readOnnxModel(content: Uint8Array): OnnxModel {
  const model = modelSchema.safeParse(decodeModel(content));
  if (!model.success) throw new Error('it has no graph of nodes');
  const { graph, metadata_props: properties } = model.data;
  return { graph, metadata: Object.fromEntries(properties.map(({ key, value }) => [key, value])) };
}

export function attributeNamed({ attribute }: OnnxNode, name: string): OnnxAttribute | undefined {
  return attribute.find((each) => each.name === name);
}

/** What does not depend on the images. */
export interface OnnxConstants {
  has(name: string): boolean;
  /** @throws Error for values of another type, or in another file */
  floats(name: string | undefined): NamedTensor | undefined;
  /** Undefined for what is no constant of int64. */
  integers(name: string | undefined): readonly number[] | undefined;
}

/** Initializers, constants, and what is only another name for one; exporters write equal values once. */
export function constantsOf({ node: nodes, initializer }: OnnxGraph): OnnxConstants {
  const known = new Map<string, OnnxTensor>(initializer.map((tensor) => [tensor.name, tensor]));
  for (const node of nodes) {
    const [name] = node.output;
    const value = attributeNamed(node, 'value')?.t;
    if (name !== undefined && node.op_type === 'Constant' && value) known.set(name, value);
    // nodes come after those that they read
    const other = known.get(node.input[0] ?? '');
    if (name !== undefined && node.op_type === 'Identity' && other !== undefined) known.set(name, other);
  }
  return {
    has: (name) => known.has(name),
    floats: (name = '') => {
      const tensor = known.get(name);
      return tensor && { name, shape: tensor.dims, values: valuesOf(tensor) };
    },
    integers: (name = '') => {
      const tensor = known.get(name);
      return tensor?.data_type === INT64 ? integersOf(tensor) : undefined;
    },
  };
}

function integersOf({ raw_data: raw, int64_data: values }: OnnxTensor): number[] {
  if (raw.length === 0) return values;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: Math.floor(raw.length / 8) }, (_, at) =>
    Number(view.getBigInt64(8 * at, true)),
  );
}

/** TensorProto.DataType of the types that weights have. */
const VALUE_TYPES: Readonly<Record<number, ValueType>> = {
  1: 'F32',
  10: 'F16',
  11: 'F64',
  16: 'BF16',
};

function valuesOf({ name, dims, data_type, raw_data, float_data, external_data }: OnnxTensor): Float32Array {
  if (external_data.length > 0)
    throw new Error(
      `the values of ${name} are in another file; write the model as one file (torch.onnx.export(…, external_data=False))`,
    );
  const type = VALUE_TYPES[data_type];
  if (type === undefined) throw new Error(`${name} has values of type ${data_type}, which no weights have`);
  const values =
    raw_data.length > 0 && raw_data.length % VALUE_BYTES[type] === 0
      ? floatValues(type, raw_data)
      : Float32Array.from(float_data);
  const size = dims.reduce((product, extent) => product * extent, 1);
  if (values.length !== size) throw new Error(`${name} has ${values.length} values, its shape ${size}`);
  return values;
}
