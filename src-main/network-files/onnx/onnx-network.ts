import { BATCH_NORM } from '../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import type { SourceProgram } from '../program/source-program.ts';
import {
  attributeNamed,
  constantsOf,
  type OnnxConstants,
  type OnnxNode,
  readOnnxModel,
} from './onnx-model.ts';
import { onnxProgram } from './onnx-program.ts';

export interface OnnxNetwork {
  /** In the order of the graph, named and laid out as PyTorch's: `<layer>.weight`, `.bias`, `.running_mean`, … */
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly program: SourceProgram;
}

/**
 * The weights of a model's convolutions, dense layers and batch norms, and how it joins them.
 * @throws Error with the reason for what is no model, or has weights of another type or in another file
 */
export function readOnnxNetwork(content: Uint8Array): OnnxNetwork {
  const { graph, metadata } = readOnnxModel(content);
  const constants = constantsOf(graph);
  const layers = new Map<string, string>();
  const names = new Set<string>();
  const tensors = graph.node.flatMap((node, index) => {
    const write = WEIGHTED[node.op_type];
    if (write === undefined) return [];
    const operands = node.input.map((name) => constants.floats(name));
    const layer = layerName(node, index, names);
    names.add(layer);
    layers.set(node.output[0] ?? '', layer);
    return write({ node, operands, constants, nodes: graph.node }).map((tensor) => ({
      ...tensor,
      name: `${layer}.${tensor.name}`,
    }));
  });
  return { tensors, metadata, program: onnxProgram(graph, layers, constants) };
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
  readonly constants: OnnxConstants;
  readonly nodes: readonly OnnxNode[];
}

/** Operators that have weights. */
const WEIGHTED: Readonly<Record<string, (weighted: Weighted) => NamedTensor[]>> = {
  Conv: ({ operands: [, kernel, bias] }) => [...renamed(kernel, 'weight'), ...renamed(bias, 'bias')],
  Gemm: ({ node, operands: [, kernel, bias] }) => [
    ...renamed(kernel && (attributeNamed(node, 'transB')?.i === 1 ? kernel : transposed(kernel)), 'weight'),
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

/** [inputs, units] to PyTorch's [units, inputs]. */
function transposed({ name, shape, values }: NamedTensor): NamedTensor {
  const [inputs = 1, units = 1] = shape;
  const result = Float32Array.from(
    values,
    (_, index) => values[(index % inputs) * units + Math.floor(index / inputs)] ?? 0,
  );
  return { name, shape: [units, inputs], values: result };
}

function addedAfter({ output: [product] }: OnnxNode, nodes: readonly OnnxNode[], constants: OnnxConstants) {
  const sum = nodes.find(
    ({ op_type: operator, input }) => operator === 'Add' && input.includes(product ?? ''),
  );
  return sum?.input.map((name) => constants.floats(name)).find((each) => each !== undefined);
}

/** Epsilon is added to the variance before it is used, so a variance that is larger by the difference is the same. */
function withOurEpsilon(variance: NamedTensor, node: OnnxNode): NamedTensor {
  const epsilon = attributeNamed(node, 'epsilon')?.f ?? BATCH_NORM.epsilon;
  const difference = Math.fround(epsilon) - Math.fround(BATCH_NORM.epsilon);
  return { ...variance, values: variance.values.map((value) => value + difference) };
}
