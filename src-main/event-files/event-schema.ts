import protobuf from 'protobufjs';

/**
 * The part of TensorBoard's messages that is written and read here (tensorflow/core/util/event.proto and
 * framework/summary.proto; of the hparams plugin, tensorboard/plugins/hparams/plugin_data.proto).
 */
const SCHEMA = `syntax = "proto3";
message Dim { int64 size = 1; }
message TensorShapeProto { repeated Dim dim = 2; }
message TensorProto { int32 dtype = 1; TensorShapeProto tensor_shape = 2; bytes tensor_content = 4; repeated float float_val = 5; repeated double double_val = 6; repeated bytes string_val = 8; }
message PluginData { string plugin_name = 1; bytes content = 2; }
message SummaryMetadata { PluginData plugin_data = 1; int32 data_class = 4; }
message Value { string tag = 1; oneof value { float simple_value = 2; TensorProto tensor = 8; } SummaryMetadata metadata = 9; }
message Summary { repeated Value value = 1; }
message Event { double wall_time = 1; int64 step = 2; oneof what { string file_version = 3; Summary summary = 5; } }
message HyperParameter { oneof kind { double number_value = 2; string string_value = 3; bool bool_value = 4; } }
message SessionStartInfo { map<string, HyperParameter> hparams = 1; string group_name = 4; double start_time_secs = 5; }
message SessionEndInfo { int32 status = 1; double end_time_secs = 2; }
message HParamsPluginData { int32 version = 1; oneof data { SessionStartInfo session_start_info = 3; SessionEndInfo session_end_info = 4; } }`;

const root = protobuf.parse(SCHEMA, { keepCase: true }).root;
const eventType = root.lookupType('Event');
const hyperParametersType = root.lookupType('HParamsPluginData');

/** DataType of tensorflow/core/framework/types.proto. */
export const DT_FLOAT = 1;
export const DT_DOUBLE = 2;
export const DT_STRING = 7;
/** DataClass of summary.proto: small tensors, which are kept at every step. */
export const DATA_CLASS_TENSOR = 2;

export interface SummaryValue {
  readonly tag: string;
  /** Kept as float32. */
  readonly simple_value?: number;
  readonly tensor?: {
    readonly dtype: number;
    readonly tensor_shape?: { readonly dim: readonly { readonly size: number }[] };
    readonly string_val?: readonly Uint8Array[];
    /** The numbers in one of three forms. */
    readonly tensor_content?: Uint8Array;
    readonly float_val?: readonly number[];
    readonly double_val?: readonly number[];
  };
  readonly metadata?: {
    readonly plugin_data: { readonly plugin_name: string; readonly content: Uint8Array };
    readonly data_class: number;
  };
}

export interface Event {
  /** Seconds since 1970. */
  readonly wall_time: number;
  readonly step?: number;
  readonly file_version?: string;
  readonly summary?: { readonly value: readonly SummaryValue[] };
}

/** One session is one run; sessions of one group are averaged. */
export type HyperParameters =
  | {
      readonly session_start_info: {
        readonly hparams: Readonly<
          Record<
            string,
            | { readonly number_value: number }
            | { readonly string_value: string }
            | { readonly bool_value: boolean }
          >
        >;
        readonly group_name: string;
        readonly start_time_secs: number;
      };
    }
  /** status: 0 unknown, 1 success, 2 failure */
  | { readonly session_end_info: { readonly status: 0 | 1 | 2; readonly end_time_secs: number } };

export function encodeEvent(event: Event): Uint8Array {
  return eventType.encode(event).finish();
}

/** @throws Error for what is no event */
export function decodeEvent(bytes: Uint8Array): Event {
  return eventType.toObject(eventType.decode(bytes), { longs: Number }) as Event;
}

/** The settings of a session, by name; none of what tells its end. @throws Error for what is none */
export function decodeHyperParameters(
  bytes: Uint8Array,
): Readonly<Record<string, number | string | boolean>> {
  const data = hyperParametersType.toObject(hyperParametersType.decode(bytes)) as Partial<
    Extract<HyperParameters, { session_start_info: unknown }>
  >;
  const { hparams = {} } = data.session_start_info ?? {};
  return Object.fromEntries(
    Object.entries(hparams).flatMap(([name, value]) => {
      const [known] = Object.values(value) as (number | string | boolean)[];
      return known === undefined ? [] : [[name, known]];
    }),
  );
}

export function encodeHyperParameters(data: HyperParameters): Uint8Array {
  return hyperParametersType.encode(data).finish();
}
