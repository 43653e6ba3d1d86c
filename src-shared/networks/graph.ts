import type { Shape } from './layer.ts';
import type { Layer } from './layers/layer-kinds.ts';

/**
 * The layer graph that every network description resolves to.
 *
 * One graph serves all: costs and receptive fields are computed from it, the trainable model is built from it
 * (src-main/engine/model.ts), and the page draws it. Layers stand in topological order: the first is the input, the last
 * yields the logits.
 */
export interface Graph {
  readonly family: string;
  readonly input: Shape;
  readonly classes: number;
  readonly layers: readonly Layer[];
}
