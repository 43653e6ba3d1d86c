import type { Graph } from '../../src-shared/networks/graph.ts';
import { kindOf, type Layer } from '../../src-shared/networks/layers/layer-kinds.ts';

/** Layers with features of their own. */
export function lookedAt({ layers }: Graph): Layer[] {
  return layers.filter((layer) => !kindOf(layer).trainingOnly);
}
