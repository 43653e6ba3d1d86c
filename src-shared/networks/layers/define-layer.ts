import type { LayerCommon, Padding, Shape, Weight } from '../layer.ts';
import type { LayerWriter } from './onnx-writer.ts';
import type { LayerPass, Tensors } from './operations.ts';
import type { WeightlessStep } from './weightless-step.ts';

/** Where a layer is put that is being planned. */
export interface LayerSite {
  readonly name: string;
  /** Shape of what it reads first. */
  readonly input: Shape;
  /** Shapes of all it reads. */
  readonly inputs: readonly Shape[];
  /**
   * The shape that a window leaves of another one.
   * @throws Problem network-invalid where the window fits nowhere
   */
  readonly slide: (shape: Shape, size: number, stride: number, padding: Padding) => Shape;
}

/** A layer but for what its place in the graph says; `weights` in the order of a checkpoint, none if left out. */
export type PlannedLayer<L extends LayerCommon> = Omit<L, keyof LayerCommon> & {
  readonly output: Shape;
  readonly weights?: readonly Weight[];
};

/** A layer and its part in a pass. */
export interface Beside<L, T extends Tensors> {
  readonly layer: L;
  readonly pass: LayerPass<T>;
}

export type OneOrMore<T> = readonly [T, ...T[]];

/**
 * A kind of layer. Its costs follow from the weights and the output that `plan` gives it.
 *
 * `Options` is what a family says of a layer beside its place, `L` the layer in the graph.
 */
export interface LayerKind<L extends LayerCommon, Options> {
  readonly kind: L['kind'];
  /** Whether branches meet in it: each can be taken away, and the network still runs. It is drawn as no bar. */
  readonly joins?: true;
  /** Whether its output is the channels of its inputs side by side, as they are; never if left out. */
  sideBySide?(layer: L): boolean;
  /** Whether it hands on what it reads except in training: nothing is found in it, and its bar is dashed. */
  readonly trainingOnly?: true;
  plan(options: Options, site: LayerSite): PlannedLayer<L>;
  /** What one unit of its output sees of its input, and the step from one to the next; one by one if left out. */
  window?(layer: L, input: Shape): { readonly extent: number; readonly stride: number };
  /**
   * @param inputs what it reads, each [n, h, w, c]
   * @returns its output, after its activation
   */
  compute<T extends Tensors>(layer: L, inputs: OneOrMore<T['map']>, pass: LayerPass<T>): T['map'];
  /**
   * The outputs of layers that read the same and are alike, side by side: their channels in order.
   *
   * @returns null where they are to be computed one by one; always if left out
   */
  computeBeside?<T extends Tensors>(parts: OneOrMore<Beside<L, T>>, input: T['map']): T['map'] | null;
  /**
   * Writes it as it computes in inference; its output has the layer's name, so that it can be found again in a viewer.
   *
   * @param inputs names of what it reads
   * @returns name of its output
   */
  onnx(layer: L, inputs: OneOrMore<string>, writer: LayerWriter): string;
  /** How it is found in a program of another framework, where it has no weights by which it would be; nowhere if left out. */
  step?(layer: L): WeightlessStep;
  /** Kernel and stride, or what it does instead: `3×3 / 2, 3 groups`. */
  words(layer: L): string;
}

/** Types a kind by its layer and its options. */
export function defineLayer<L extends LayerCommon, Options = unknown>(
  kind: LayerKind<L, Options>,
): LayerKind<L, Options> {
  return kind;
}
