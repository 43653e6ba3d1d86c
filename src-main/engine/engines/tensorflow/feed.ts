/** An input of a replay: its values are copied into TensorFlow's memory at each call. */
export interface Feed {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}
