import protobuf from 'protobufjs';
import type { Binding, OpAttribute } from './binding.ts';
import type { Constant, Recording, Source } from './recording.ts';

/** The part of TensorFlow's protocol buffers that a graph of recorded ops needs (tensorflow/core/framework). */
const SCHEMA = `syntax = "proto3";
message Dim { int64 size = 1; }
message Shape { repeated Dim dim = 2; }
message TensorProto { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message ListValue { repeated bytes s = 2; repeated int64 i = 3; repeated float f = 4; repeated bool b = 5; repeated int32 type = 6; }
message AttrValue { oneof value { ListValue list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7; TensorProto tensor = 8; } }
message NodeDef { string name = 1; string op = 2; repeated string input = 3; string device = 4; map<string, AttrValue> attr = 5; }
message VersionDef { int32 producer = 1; }
message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
message MetaInfoDef { repeated string tags = 4; }
message MetaGraphDef { MetaInfoDef meta_info_def = 1; GraphDef graph_def = 2; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }`;

/** GraphDef version that TensorFlow 2.16 and later write; older ones refuse what they do not know. */
const PRODUCER = 1882;

/** What XLA would compute otherwise: it draws other numbers for the same seed than eager TensorFlow. */
const NOT_BY_XLA: ReadonlySet<string> = new Set(['StatelessRandomUniform']);

/** Made of `SCHEMA` when it is first needed. */
let savedModelType: protobuf.Type | null = null;

type Attribute = Record<string, unknown>;

export interface Node {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, Attribute>>;
}

/** Writes nodes of a graph and serialises them as a SavedModel. */
export class GraphWriter {
  readonly #binding: Binding;
  readonly #nodes: Node[] = [];

  constructor(binding: Binding) {
    this.#binding = binding;
  }

  add(name: string, op: string, input: readonly string[], attr: Record<string, Attribute>): string {
    this.#nodes.push({ name, op, input, attr });
    return name;
  }

  placeholder(name: string, dtype: number, shape: readonly number[]): string {
    return this.add(name, 'Placeholder', [], { dtype: { type: dtype }, shape: { shape: shapeProto(shape) } });
  }

  constant(name: string, { dtype, shape, values }: Constant, after: readonly string[] = []): string {
    const content = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const tensor = { dtype, tensor_shape: shapeProto(shape), tensor_content: content };
    const control = after.map((node) => `^${node}`);
    return this.add(name, 'Const', control, { dtype: { type: dtype }, value: { tensor } });
  }

  variable(name: string, shape: readonly number[]): string {
    return this.add(name, 'VarHandleOp', [], {
      dtype: { type: this.#binding.TF_FLOAT },
      shape: { shape: shapeProto(shape) },
      shared_name: { s: Buffer.from(name) },
    });
  }

  read(name: string, variable: string, after: readonly string[] = []): string {
    const control = after.map((node) => `^${node}`);
    return this.add(name, 'ReadVariableOp', [variable, ...control], {
      dtype: { type: this.#binding.TF_FLOAT },
    });
  }

  assign(name: string, variable: string, value: string): string {
    return this.add(name, 'AssignVariableOp', [variable, value], { dtype: { type: this.#binding.TF_FLOAT } });
  }

  /** The value of `input`, once `after` have run. */
  identity(name: string, input: string, dtype: number, after: readonly string[]): string {
    const control = after.map((node) => `^${node}`);
    return this.add(name, 'Identity', [input, ...control], { T: { type: dtype } });
  }

  /**
   * Adds a recording under a prefix.
   *
   * @param inputs the node that stands for each input of the recording
   * @param after nodes after which its constants are there, as a loop needs it
   * @returns the node, with its output's number, of each output of the recording
   */
  recording(
    prefix: string,
    { ops, constants, outputs }: Recording,
    inputs: readonly string[],
    after: readonly string[] = [],
  ): string[] {
    const constantNames = constants.map((constant, index) =>
      this.constant(`${prefix}/c${index}`, constant, after),
    );
    const nameOf = (source: Source): string => {
      const name =
        source.kind === 'op'
          ? `${prefix}/n${source.index}${source.output > 0 ? `:${source.output}` : ''}`
          : (source.kind === 'input' ? inputs : constantNames)[source.index];
      if (name === undefined)
        throw new Error(`the recording reads ${source.kind} ${source.index}, which is missing`);
      return name;
    };
    ops.forEach((op, index) => {
      const attributes = op.attributes.map(
        (attribute) => [attribute.name, this.#attribute(attribute)] as const,
      );
      this.add(`${prefix}/n${index}`, op.name, op.inputs.map(nameOf), {
        ...Object.fromEntries(attributes),
        ...(NOT_BY_XLA.has(op.name) && { _XlaCompile: { b: false } }),
      });
    });
    return outputs.map(nameOf);
  }

  /** The bytes of a `saved_model.pb`. @param tag by which the graph is loaded */
  savedModel(tag: string): Uint8Array {
    savedModelType ??= protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('SavedModel');
    return savedModelType
      .encode(
        savedModelType.fromObject({
          saved_model_schema_version: 1,
          meta_graphs: [
            {
              meta_info_def: { tags: [tag] },
              graph_def: { node: this.#nodes, versions: { producer: PRODUCER } },
            },
          ],
        }),
      )
      .finish();
  }

  #attribute({ name, type, value }: OpAttribute): Attribute {
    const binding = this.#binding;
    switch (type) {
      case binding.TF_ATTR_INT:
        return Array.isArray(value) ? { list: { i: value } } : { i: value };
      case binding.TF_ATTR_FLOAT:
        return Array.isArray(value) ? { list: { f: value } } : { f: value };
      case binding.TF_ATTR_BOOL:
        return { b: value };
      case binding.TF_ATTR_TYPE:
        return { type: value };
      case binding.TF_ATTR_STRING:
        return { s: Buffer.from(value as string) };
      case binding.TF_ATTR_SHAPE:
        return { shape: shapeProto(value as number[]) };
      default:
        throw new Error(`the attribute ${name} has a type that cannot be recorded: ${type}`);
    }
  }
}

function shapeProto(shape: readonly number[]): { dim: { size: number }[] } {
  return { dim: shape.map((size) => ({ size })) };
}
