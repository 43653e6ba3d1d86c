import { z } from 'zod';
import { BATCH_NORM } from '../../../src-shared/networks/layers/parts/batch-norm.ts';
import { floatValues, type ValueType, VALUE_BYTES } from '../../checkpoints/float-values.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { decodeModel } from './onnx-schema.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const tensorSchema = z.object({
  dims: z.array(z.int().min(0)),
  data_type: z.int(),
  float_data: z.array(z.number()),
  name: z.string(),
  raw_data: bytes,
  external_data: z.array(z.unknown()),
});
type OnnxTensor = z.output<typeof tensorSchema>;

const attributeSchema = z.object({
  name: z.string(),
  f: z.number(),
  i: z.number(),
  t: tensorSchema.nullish(),
});
const nodeSchema = z.object({
  input: z.array(z.string()),
  output: z.array(z.string()),
  name: z.string(),
  op_type: z.string(),
  attribute: z.array(attributeSchema),
});
type OnnxNode = z.output<typeof nodeSchema>;

const modelSchema = z.object({
  graph: z.object({ node: z.array(nodeSchema).min(1), initializer: z.array(tensorSchema) }),
  metadata_props: z.array(z.object({ key: z.string(), value: z.string() })),
});

/** TensorProto.DataType of the types that weights have. */
const VALUE_TYPES: Readonly<Record<number, ValueType>> = {
  1: 'F32',
  10: 'F16',
  11: 'F64',
  16: 'BF16',
};

export interface OnnxWeights {
  /** In the order of the graph, named and laid out as PyTorch's: `<layer>.weight`, `.bias`, `.running_mean`, … */
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The weights of a model's convolutions, dense layers and batch norms. Everything else of the graph is not looked at.
 * @throws Error with the reason for what is no model, or has weights of another type or in another file
 */
export function readOnnxWeights(content: Uint8Array): OnnxWeights {
  const model = modelSchema.safeParse(decodeModel(content));
  if (!model.success) throw new Error('it has no graph of nodes');
  const { graph, metadata_props: properties } = model.data;
  const constants = constantsOf(graph.node, graph.initializer);
  const names = new Set<string>();
  const tensors = graph.node.flatMap((node, index) => {
    const write = WEIGHTED[node.op_type];
    if (write === undefined) return [];
    const operands = node.input.map((name) => constants(name));
    const layer = layerName(node, index, names);
    names.add(layer);
    return write({ node, operands, constants, nodes: graph.node }).map((tensor) => ({
      ...tensor,
      name: `${layer}.${tensor.name}`,
    }));
  });
  return { tensors, metadata: Object.fromEntries(properties.map(({ key, value }) => [key, value])) };
}

type FindConstant = (name: string) => NamedTensor | undefined;

/** Initializers, constants, and what is only another name for one; exporters write equal values once. */
function constantsOf(nodes: readonly OnnxNode[], initializers: readonly OnnxTensor[]): FindConstant {
  const known = new Map<string, OnnxTensor>(initializers.map((tensor) => [tensor.name, tensor]));
  const others = new Map<string, string>();
  for (const { op_type: operator, input, output, attribute } of nodes) {
    const [name] = output;
    if (name === undefined) continue;
    const value = attribute.find((each) => each.name === 'value')?.t;
    if (operator === 'Constant' && value) known.set(name, value);
    if (operator === 'Identity' && input[0] !== undefined) others.set(name, input[0]);
  }
  return function find(name): NamedTensor | undefined {
    const tensor = known.get(name);
    if (tensor !== undefined) return { name, shape: tensor.dims, values: valuesOf(tensor) };
    const other = others.get(name);
    return other === undefined || other === name ? undefined : find(other);
  };
}

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

/** The name of the layer in the program that wrote the file, where its weight has one. */
function layerName(
  { input, name, op_type: operator }: OnnxNode,
  index: number,
  taken: ReadonlySet<string>,
): string {
  const [, weight = ''] = input;
  const [, layer = ''] = /^([^:]+)[./](?:weight|kernel|gamma)$/.exec(weight) ?? [];
  const chosen = layer || name || operator;
  return taken.has(chosen) ? `${chosen}#${index}` : chosen;
}

interface Weighted {
  readonly node: OnnxNode;
  readonly operands: readonly (NamedTensor | undefined)[];
  readonly constants: FindConstant;
  readonly nodes: readonly OnnxNode[];
}

/** Operators that have weights. */
const WEIGHTED: Readonly<Record<string, (weighted: Weighted) => NamedTensor[]>> = {
  Conv: ({ operands: [, kernel, bias] }) => [...renamed(kernel, 'weight'), ...renamed(bias, 'bias')],
  Gemm: ({ node, operands: [, kernel, bias] }) => [
    ...renamed(kernel && (flag(node, 'transB') === 1 ? kernel : transposed(kernel)), 'weight'),
    ...renamed(bias, 'bias'),
  ],
  MatMul: ({ node, operands: [, kernel], constants, nodes }) =>
    kernel === undefined
      ? []
      : [...renamed(transposed(kernel), 'weight'), ...renamed(addedAfter(node, nodes, constants), 'bias')],
  BatchNormalization: ({ node, operands: [, gamma, beta, mean, variance] }) => [
    ...renamed(gamma, 'weight'),
    ...renamed(beta, 'bias'),
    ...renamed(mean, 'running_mean'),
    ...renamed(variance && withOurEpsilon(variance, node), 'running_var'),
  ],
};

function renamed(tensor: NamedTensor | undefined, name: string): NamedTensor[] {
  return tensor === undefined ? [] : [{ ...tensor, name }];
}

function flag({ attribute }: OnnxNode, name: string): number {
  return attribute.find((each) => each.name === name)?.i ?? 0;
}

/** [inputs, units] to PyTorch's [units, inputs]. */
function transposed({ name, shape, values }: NamedTensor): NamedTensor {
  const [inputs = 1, units = 1] = shape;
  const result = Float32Array.from(
    values,
    (_, index) => values[(index % inputs) * units + Math.floor(index / inputs)] ?? 0,
  );
  return { name, shape: [units, inputs], values: result };
}

function addedAfter({ output: [product] }: OnnxNode, nodes: readonly OnnxNode[], constants: FindConstant) {
  const sum = nodes.find(
    ({ op_type: operator, input }) => operator === 'Add' && input.includes(product ?? ''),
  );
  return sum?.input.map(constants).find((each) => each !== undefined);
}

/** Epsilon is added to the variance before it is used, so a variance that is larger by the difference is the same. */
function withOurEpsilon(variance: NamedTensor, { attribute }: OnnxNode): NamedTensor {
  const epsilon = attribute.find(({ name }) => name === 'epsilon')?.f ?? BATCH_NORM.epsilon;
  const difference = Math.fround(epsilon) - Math.fround(BATCH_NORM.epsilon);
  return { ...variance, values: variance.values.map((value) => value + difference) };
}
