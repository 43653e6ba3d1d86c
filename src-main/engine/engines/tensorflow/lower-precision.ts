import { attributesOf } from './attributes.ts';
import type { Binding } from './binding.ts';
import { at, type RecordedOp, type Recording, shapeOf, type Source } from './recording.ts';

/** TensorFlow's number of the type bfloat16 (tensorflow/core/framework/types.proto), which TensorFlow.js does not have. */
const BFLOAT16 = 14;

/** Which values of an op are of its type `T`; the others (shapes, axes, statistics) stay as they are. */
interface Typed {
  /** Places of its inputs; `ConcatV2` has its axis last. */
  readonly inputs: readonly number[] | 'all' | 'all but the last';
  /** The statistics of a batch norm are float32, and what compares gives neither. */
  readonly outputs: 'all' | 'the first' | 'none';
  /** Where it is computed in bfloat16: always, or where any or each of its inputs is made in it. */
  readonly where: 'always' | 'any' | 'each';
  /** Only of maps, [n, h, w, c]: the optimizer uses it as well, on vectors. */
  readonly ofMaps: boolean;
}

const product = (...inputs: number[]): Typed => ({ inputs, outputs: 'all', where: 'always', ofMaps: false });
const after = (...inputs: number[]): Typed => ({ inputs, outputs: 'all', where: 'any', ofMaps: false });
const batchNorm = (...inputs: number[]): Typed => ({ ...after(...inputs), outputs: 'the first' });
const comparison: Typed = { ...after(0, 1), outputs: 'none' };

/**
 * The products are what a card computes faster in bfloat16 (8 bits of mantissa, the range of float32); it adds them in float32. What
 * lies between them follows, so that maps take half the memory. What is not named is computed in float32: the loss and the mean over
 * all positions, the statistics of batch norm, local response norm, and the optimizer's update.
 */
const TYPED: Readonly<Record<string, Typed>> = {
  Conv2D: product(0, 1),
  Conv2DBackpropInput: product(1, 2),
  Conv2DBackpropFilter: product(0, 2),
  DepthwiseConv2dNative: product(0, 1),
  DepthwiseConv2dNativeBackpropInput: product(1, 2),
  DepthwiseConv2dNativeBackpropFilter: product(0, 2),
  MatMul: product(0, 1),
  BatchMatMulV2: product(0, 1),
  BiasAdd: after(0, 1),
  BiasAddGrad: after(0),
  Relu: after(0),
  ReluGrad: after(0, 1),
  Minimum: after(0, 1),
  Maximum: after(0, 1),
  GreaterEqual: comparison,
  LessEqual: comparison,
  ZerosLike: after(0),
  Select: after(1, 2),
  MaxPool: after(0),
  MaxPoolGrad: after(0, 1, 2),
  AvgPool: after(0),
  AvgPoolGrad: after(1),
  FusedBatchNormV3: batchNorm(0),
  FusedBatchNormGradV3: batchNorm(0, 1),
  Mul: { ...after(0, 1), ofMaps: true },
  Add: { inputs: 'all', outputs: 'all', where: 'each', ofMaps: true },
  ConcatV2: { inputs: 'all but the last', outputs: 'all', where: 'each', ofMaps: false },
  Pad: after(0),
  PadV2: after(0, 2),
  Reshape: after(0),
  Transpose: after(0),
  Slice: after(0),
  SplitV: after(0),
};

/** How many of an op's outputs are of its type. */
const OUTPUTS: Readonly<Record<Typed['outputs'], number>> = { all: Infinity, 'the first': 1, none: 0 };

const MAP_RANK = 4;

/** Ops that only move values: what they give is rounded by rounding what they read, in one cast for all of their outputs. */
const MOVES: readonly string[] = ['Reshape', 'SplitV', 'Transpose'];

type OpOutput = Extract<Source, { kind: 'op' }>;

/** A run of values that one after the other are made in bfloat16, or one that is not. */
interface Run {
  readonly isLow: boolean;
  readonly values: Source[];
}

/**
 * The same function with its products in bfloat16 and what lies between them, as `TYPED` has it; its inputs, its outputs and whatever
 * else it computes stay float32. Values are rounded to the nearest, in casts of as many values together as can be.
 *
 * @param recording of TensorFlow's own ops: kernels of ours are float32, and stay so
 */
export function inBfloat16(binding: Binding, recording: Recording): Recording {
  const { type, flag, integer } = attributesOf(binding);
  const ops: RecordedOp[] = [];
  /** What stands for each value of the recording, by `keyOf`: as it is computed or cast to float32, and in bfloat16. */
  const high = new Map<string, Source>();
  const low = new Map<string, Source>();
  const madeLow = new Set<string>();

  const isMadeLow = (source: Source): boolean => madeLow.has(keyOf(source));

  function add(op: RecordedOp): OpOutput {
    return { kind: 'op', index: ops.push(op) - 1, output: 0 };
  }

  function cast(source: Source, shape: readonly number[], from: number, to: number): Source {
    const attributes = [type('SrcT', from), type('DstT', to), flag('Truncate', false)];
    return add({ name: 'Cast', attributes, inputs: [source], shapes: [shape] });
  }

  const toHigh = (source: Source, shape: readonly number[]) =>
    cast(source, shape, BFLOAT16, binding.TF_FLOAT);

  /** Adds an op of the recording; `inLow` of its inputs are read in bfloat16, and if there are any, it is of that type. */
  function addAs(op: RecordedOp, inLow: readonly number[]): OpOutput {
    const { attributes, inputs } = op;
    return add({
      ...op,
      attributes:
        inLow.length > 0
          ? attributes.map((each) => (each.name === 'T' ? type('T', BFLOAT16) : each))
          : attributes,
      inputs: inputs.map((source, place) => (inLow.includes(place) ? lowOf(source) : highOf(source))),
    });
  }

  function highOf(source: Source): Source {
    const key = keyOf(source);
    const known = high.get(key);
    if (known) return known;
    // of what an op computes one of the two is there from the beginning
    const inLow = low.get(key);
    const made = inLow ? toHigh(inLow, shapeOf(recording, source)) : source;
    high.set(key, made);
    return made;
  }

  function lowOf(source: Source): Source {
    const key = keyOf(source);
    const known = low.get(key);
    if (known) return known;
    const op = source.kind === 'op' ? at(recording.ops, source.index) : null;
    if (source.kind === 'op' && op !== null && MOVES.includes(op.name)) {
      const moved = addAs(op, [0]);
      op.shapes.forEach((_, output) => low.set(keyOf({ ...source, output }), { ...moved, output }));
      return { ...moved, output: source.output };
    }
    const made = cast(highOf(source), shapeOf(recording, source), binding.TF_FLOAT, BFLOAT16);
    low.set(key, made);
    return made;
  }

  /** Vectors joined, of which some are made in bfloat16: neighbours of these are joined first, so that there is one cast for them. */
  function addMixedJoin(op: RecordedOp): OpOutput {
    const axis = highOf(at(op.inputs, op.inputs.length - 1));
    const length = (values: readonly Source[]): number =>
      values.reduce((sum, source) => sum + at(shapeOf(recording, source), 0), 0);
    const joined = (inputs: readonly Source[], isLow: boolean, size: number): OpOutput => {
      const attributes = op.attributes
        .filter(({ name }) => name !== 'T' && name !== 'N')
        .concat(type('T', isLow ? BFLOAT16 : binding.TF_FLOAT), integer('N', inputs.length));
      return add({ name: op.name, attributes, inputs: [...inputs, axis], shapes: [[size]] });
    };
    const parts = runsOf(op.inputs.slice(0, -1), isMadeLow).flatMap(({ isLow, values }) => {
      if (!isLow || values.length === 1) return values.map(highOf);
      const size = length(values);
      return [toHigh(joined(values.map(lowOf), true, size), [size])];
    });
    return joined(parts, false, length(op.inputs.slice(0, -1)));
  }

  /** The inputs of an op that it reads in bfloat16; none where it is computed in float32. */
  function placesInLow(op: RecordedOp): readonly number[] {
    const typed = TYPED[op.name];
    if (typed === undefined || (typed.ofMaps && at(op.shapes, 0).length !== MAP_RANK)) return [];
    const places = placesOf(typed, op);
    const made = places.map((place) => isMadeLow(at(op.inputs, place)));
    const isLow =
      typed.where === 'any' ? made.includes(true) : typed.where === 'always' || !made.includes(false);
    return isLow ? places : [];
  }

  recording.ops.forEach((op, index) => {
    const inLow = placesInLow(op);
    const isVector = at(op.shapes, 0).length === 1;
    const isMixed = inLow.length === 0 && op.name === 'ConcatV2' && isVector && op.inputs.some(isMadeLow);
    const made = isMixed ? addMixedJoin(op) : addAs(op, inLow);
    const outputsInLow = inLow.length === 0 ? 0 : OUTPUTS[TYPED[op.name]?.outputs ?? 'none'];
    op.shapes.forEach((_, output) => {
      const key = keyOf({ kind: 'op', index, output });
      if (output < outputsInLow) madeLow.add(key);
      (output < outputsInLow ? low : high).set(key, { ...made, output });
    });
  });
  return { ...recording, ops, outputs: recording.outputs.map(highOf) };
}

function keyOf(source: Source): string {
  return `${source.kind} ${source.index} ${source.kind === 'op' ? source.output : 0}`;
}

/** Of the inputs that are of the type `T`. */
function placesOf({ inputs }: Typed, op: RecordedOp): number[] {
  const all = op.inputs.map((_, place) => place);
  if (inputs === 'all') return all;
  return inputs === 'all but the last' ? all.slice(0, -1) : [...inputs];
}

function runsOf(values: readonly Source[], isLow: (source: Source) => boolean): Run[] {
  const runs: Run[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.isLow === isLow(value)) last.values.push(value);
    else runs.push({ isLow: isLow(value), values: [value] });
  }
  return runs;
}
