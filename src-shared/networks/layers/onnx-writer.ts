import type { Shape, Weight } from '../layer.ts';

/** ONNX tells integers from floats, JavaScript does not. */
export type AttributeValue =
  { readonly float: number } | { readonly integer: number } | { readonly integers: readonly number[] };

/** Collects the nodes and constants of an ONNX graph, in topological order. */
export interface OnnxWriter {
  /**
   * Adds an operator with one output, whose name is the node's too.
   * @returns that name
   */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes?: Readonly<Record<string, AttributeValue>>,
  ): string;
  /** Adds a float32 tensor, row-major. @returns its name */
  floats(name: string, shape: readonly number[], values: Float32Array): string;
  /** Adds a vector of int64, such as a shape. @returns its name */
  integers(name: string, values: readonly number[]): string;
}

/** What a layer writes itself with. Maps are [n, c, h, w]; what follows a dense layer is [n, units]. */
export interface LayerWriter {
  readonly onnx: OnnxWriter;
  /** Of what the layer reads first. */
  readonly inputShape: Shape;
  /** The layer's weight of a kind, its values row-major in the layout of `Weight.shape`. */
  readonly weight: (kind: string) => { readonly weight: Weight; readonly values: Float32Array };
  /** Adds the layer's weight of a kind as it is. @returns its name */
  readonly vector: (kind: string) => string;
}
