import { isDeepStrictEqual } from 'node:util';
import { at, type Constant, type RecordedOp, type Recording, shapeOf, type Source } from './recording.ts';

/**
 * The same function in fewer nodes, each of which costs time when TensorFlow loads and optimizes a graph: equal constants are
 * one, a reshape reads what was reshaped before it and is none where that has its shape already, nor is a cast to the type that a
 * value has, and what no output depends on is left out. No number changes.
 */
export function simplified(recording: Recording): Recording {
  return withoutUnused(withoutIdle(withSharedConstants(recording)));
}

function withSharedConstants({ ops, constants, outputs, ...rest }: Recording): Recording {
  const firsts = new Map<string, Source>();
  const shared = constants.map((constant, index): Source => {
    const content = contentOf(constant);
    const first = firsts.get(content) ?? { kind: 'constant', index };
    firsts.set(content, first);
    return first;
  });
  const replace = (source: Source): Source =>
    source.kind === 'constant' ? at(shared, source.index) : source;
  return { ...rest, constants, ...replaced({ ops, outputs }, replace) };
}

function contentOf({ dtype, shape, values }: Constant): string {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return `${dtype} ${shape.join(',')} ${bytes.toString('latin1')}`;
}

function withoutIdle(recording: Recording): Recording {
  const { ops, outputs, ...rest } = recording;
  /** Of each reshape and cast: what it stands for, where it changes nothing; of other reshapes what they read, which is no reshape. */
  const standsFor = new Map<number, Source>();
  const reads = new Map<number, Source>();
  const replace = (source: Source): Source =>
    (source.kind === 'op' ? standsFor.get(source.index) : undefined) ?? source;
  const simple = ops.map((op, index): RecordedOp => {
    const [data, ...others] = op.inputs.map(replace);
    if (data !== undefined && isCastToItself(op)) standsFor.set(index, data);
    if (op.name !== 'Reshape' || data === undefined) return { ...op, inputs: op.inputs.map(replace) };
    const read = (data.kind === 'op' ? reads.get(data.index) : undefined) ?? data;
    if (isDeepStrictEqual(shapeOf(recording, read), at(op.shapes, 0))) standsFor.set(index, read);
    else reads.set(index, read);
    return { ...op, inputs: [read, ...others] };
  });
  return { ...rest, ops: simple, outputs: outputs.map(replace) };
}

function isCastToItself({ name, attributes }: RecordedOp): boolean {
  const typeNamed = (wanted: string) => attributes.find((attribute) => attribute.name === wanted)?.value;
  return name === 'Cast' && typeNamed('SrcT') === typeNamed('DstT');
}

function withoutUnused({ ops, constants, outputs, ...rest }: Recording): Recording {
  const used = { op: new Set<number>(), constant: new Set<number>() };
  const use = (source: Source): void => {
    if (source.kind !== 'input') used[source.kind].add(source.index);
  };
  outputs.forEach(use);
  // an op reads only what was there before it
  for (let index = ops.length - 1; index >= 0; index--)
    if (used.op.has(index)) at(ops, index).inputs.forEach(use);
  const placeOfOp = placesOf(ops.length, used.op);
  const placeOfConstant = placesOf(constants.length, used.constant);
  const replace = (source: Source): Source => {
    if (source.kind === 'input') return source;
    return { ...source, index: at(source.kind === 'op' ? placeOfOp : placeOfConstant, source.index) };
  };
  return {
    ...rest,
    constants: constants.filter((_, index) => used.constant.has(index)),
    ...replaced({ ops: ops.filter((_, index) => used.op.has(index)), outputs }, replace),
  };
}

/** The place of each among those that are used. */
function placesOf(count: number, used: ReadonlySet<number>): number[] {
  let next = 0;
  return Array.from({ length: count }, (_, index) => (used.has(index) ? next++ : -1));
}

function replaced(
  { ops, outputs }: Pick<Recording, 'ops' | 'outputs'>,
  replace: (source: Source) => Source,
): Pick<Recording, 'ops' | 'outputs'> {
  return {
    ops: ops.map((op) => ({ ...op, inputs: op.inputs.map(replace) })),
    outputs: outputs.map(replace),
  };
}
