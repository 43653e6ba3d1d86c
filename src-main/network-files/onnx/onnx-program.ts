import type { Padding, Shape } from '../../../src-shared/networks/layer.ts';
import { RELU6_LIMIT } from '../../../src-shared/networks/layers/parts/activation.ts';
import type {
  SourceNode,
  SourcePadding,
  SourceProgram,
  SourceStep,
  SourceWindow,
} from '../program/source-program.ts';
import { attributeNamed, type OnnxConstants, type OnnxGraph, type OnnxNode } from './onnx-model.ts';

/** A node that reads the images, or what was made of them. */
interface Step {
  readonly node: OnnxNode;
  readonly constants: OnnxConstants;
  /** The node that yields the first of its inputs that depends on the images. */
  readonly before: OnnxNode | undefined;
}

/**
 * How a model joins its layers.
 * @param layers names of the layers, by the outputs of their nodes
 */
export function onnxProgram(
  graph: OnnxGraph,
  layers: ReadonlyMap<string, string>,
  constants: OnnxConstants,
): SourceProgram {
  const nodes = nodesOnImages(graph, constants);
  const byOutput = new Map(nodes.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const nameOf = ({ output: [output = ''], name }: OnnxNode): string =>
    layers.get(output) ?? (name || output);
  return {
    input: imageShape(graph, constants),
    nodes: nodes.map((node): SourceNode => {
      const read = node.input.flatMap((name) => byOutput.get(name) ?? []);
      const step = (STEPS[node.op_type] ?? otherStep)({ node, constants, before: read[0] });
      return { name: nameOf(node), reads: read.map(nameOf), step };
    }),
  };
}

/** Without constants and without what is computed from constants and shapes alone. */
function nodesOnImages({ node: nodes, input }: OnnxGraph, constants: OnnxConstants): OnnxNode[] {
  const onImages = new Set(input.flatMap(({ name }) => (constants.has(name) ? [] : [name])));
  return nodes.filter((node) => {
    if (node.op_type === 'Shape' || !node.input.some((name) => onImages.has(name))) return false;
    for (const name of node.output) onImages.add(name);
    return true;
  });
}

/** [n, c, h, w], or [n, h, w, c] where only the last is a number of channels. */
function imageShape({ input }: OnnxGraph, constants: OnnxConstants): Shape | null {
  const images = input.find(({ name }) => !constants.has(name));
  const extents = images?.type?.tensor_type?.shape?.dim.map(({ dim_value: extent = 0 }) => extent) ?? [];
  const [, first = 0, second = 0, third = 0] = extents;
  if (extents.length !== 4 || first < 1 || second < 1 || third < 1) return null;
  return first > third ? [first, second, third] : [second, third, first];
}

const NOTHING: SourceStep = { does: 'nothing' };

function nothing(): SourceStep {
  return NOTHING;
}

function otherStep({ node: { op_type: operator } }: Pick<Step, 'node'>): SourceStep {
  return { does: 'other', what: `the operation ${operator}` };
}

function activation({ node }: Step): SourceStep {
  return { does: 'activation', activation: node.op_type.toLowerCase() };
}

/** By operator; any other is what no network here does. */
const STEPS: Readonly<Record<string, (step: Step) => SourceStep>> = {
  Conv: (step) => {
    const size =
      attributeNamed(step.node, 'kernel_shape')?.ints ??
      step.constants.floats(step.node.input[1])?.shape.slice(2);
    return windowStep(step, size, (window) => ({ does: 'layer', window, activation: 'none' }));
  },
  Gemm: () => ({ does: 'layer', window: null, activation: 'none' }),
  MatMul: () => ({ does: 'layer', window: null, activation: 'none' }),
  BatchNormalization: () => ({ does: 'norm' }),
  ...Object.fromEntries(
    [
      'Relu',
      'LeakyRelu',
      'PRelu',
      'Elu',
      'Selu',
      'Gelu',
      'Sigmoid',
      'HardSigmoid',
      'HardSwish',
      'Tanh',
      'Mish',
    ].map((operator) => [operator, activation]),
  ),
  Clip: clipStep,
  MaxPool: (step) => poolStep(step, 'maximum'),
  AveragePool: (step) => poolStep(step, 'average'),
  Add: sumStep,
  Sum: sumStep,
  Concat: () => ({ does: 'concatenation' }),
  Pad: padStep,
  Transpose: transposeStep,
  LRN: normalizationStep,
  ...Object.fromEntries(
    [
      ...['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Identity', 'Dropout', 'Cast'],
      ...['GlobalAveragePool', 'ReduceMean', 'Softmax', 'LogSoftmax'],
    ].map((operator) => [operator, nothing]),
  ),
};

function windowStep(
  step: Pick<Step, 'node'>,
  size: readonly number[] | undefined,
  made: (window: SourceWindow) => SourceStep,
): SourceStep {
  const { node } = step;
  const [height, width] = size ?? [];
  const dilations = attributeNamed(node, 'dilations')?.ints ?? [];
  const automatic = Buffer.from(attributeNamed(node, 'auto_pad')?.s ?? []).toString();
  if (height === undefined || width === undefined || size?.length !== 2) return otherStep(step);
  if (dilations.some((each) => each !== 1)) return { does: 'other', what: `a dilated ${node.op_type}` };
  if (automatic === 'SAME_LOWER')
    return { does: 'other', what: `${node.op_type} padded at the top and left first` };
  const [vertical = 1, horizontal = 1] = attributeNamed(node, 'strides')?.ints ?? [];
  const [top = 0, left = 0, bottom = 0, right = 0] = attributeNamed(node, 'pads')?.ints ?? [];
  const padding: SourcePadding = automatic === 'SAME_UPPER' ? 'same' : { top, bottom, left, right };
  const ceil = attributeNamed(node, 'ceil_mode')?.i === 1;
  return made({ size: [height, width], stride: [vertical, horizontal], padding, ceil });
}

function poolStep(step: Step, operation: 'maximum' | 'average'): SourceStep {
  const countsPadding = attributeNamed(step.node, 'count_include_pad')?.i === 1;
  return windowStep(step, attributeNamed(step.node, 'kernel_shape')?.ints, (window) => ({
    ...{ does: 'pool', operation, window, countsPadding },
  }));
}

/** Bounds are attributes in older models, and the largest numbers there where there is none. */
function clipStep({ node, constants }: Step): SourceStep {
  const bound = (name: string, place: number): number | undefined =>
    attributeNamed(node, name)?.f ?? constants.floats(node.input[place])?.values[0];
  const [low, high = Infinity] = [bound('min', 1), bound('max', 2)];
  const isRelu = low === 0 && (high === RELU6_LIMIT || high > 1e30);
  const name = high === RELU6_LIMIT ? 'relu6' : 'relu';
  return { does: 'activation', activation: isRelu ? name : `clip from ${low} to ${high}` };
}

/** A bias of a product is one of its weights. */
function sumStep({ node, constants, before }: Step): SourceStep {
  if (!node.input.some((name) => constants.has(name))) return { does: 'addition' };
  return before?.op_type === 'MatMul' ? NOTHING : { does: 'other', what: 'the addition of constants' };
}

/** All beginnings, then all ends, of n, c, h, w. */
function padStep(step: Step): SourceStep {
  const { node, constants } = step;
  const pads = attributeNamed(node, 'pads')?.ints ?? constants.integers(node.input[1]);
  const mode = Buffer.from(attributeNamed(node, 'mode')?.s ?? []).toString();
  const value = attributeNamed(node, 'value')?.f ?? constants.floats(node.input[2])?.values[0] ?? 0;
  if (pads?.length !== 8 || value !== 0 || !['', 'constant'].includes(mode)) return otherStep(step);
  const [, , top = 0, left = 0, , , bottom = 0, right = 0] = pads;
  const padding: Padding = { top, bottom, left, right };
  return { does: 'padding', padding };
}

/** Of five axes, [n, groups, channels of each, h, w], it shuffles channels; of four it changes the layout of maps. */
function transposeStep(step: Step): SourceStep {
  const { node, constants, before } = step;
  const axes = attributeNamed(node, 'perm')?.ints ?? [];
  if (axes.length <= 4) return NOTHING;
  if (axes.join() !== '0,2,1,3,4') return otherStep(step);
  const [, groups = 0] = (before?.op_type === 'Reshape' && constants.integers(before.input[1])) || [];
  return { does: 'shuffle', groups: groups > 0 ? groups : null };
}

/** ONNX divides alpha by the number of channels. */
function normalizationStep({ node }: Step): SourceStep {
  const number = (name: string, usual: number): number => {
    const attribute = attributeNamed(node, name);
    return attribute === undefined ? usual : attribute.f || attribute.i;
  };
  return {
    ...{ does: 'normalization', size: number('size', NaN), alpha: number('alpha', 1e-4) },
    ...{ beta: number('beta', 0.75), bias: number('bias', 1) },
  };
}
