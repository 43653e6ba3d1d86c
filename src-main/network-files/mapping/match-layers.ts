import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Weight } from '../../../src-shared/networks/layer.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { isKernel } from '../../../src-shared/networks/weights.ts';
import { kernelExtents, kernelKey } from './layouts.ts';
import type { SourceLayer } from './source-layers.ts';

/** A layer of the graph with what the file has of it. */
export interface MatchedLayer {
  readonly layer: Layer;
  readonly source: SourceLayer;
}

export interface LayerMatch {
  readonly matched: readonly MatchedLayer[];
  /** Layers of the graph that the file lacks. */
  readonly missing: readonly Layer[];
  /** Layers of the file that the graph lacks. */
  readonly left: readonly SourceLayer[];
  /** Layers with a batch norm in the file and none in the graph. */
  readonly normless: readonly MatchedLayer[];
}

/**
 * Finds the layers of a file in a graph: by name where they have those of the graph, else the layers of each shape of
 * kernel in their order.
 */
export function matchLayers(graph: Graph, sources: readonly SourceLayer[]): LayerMatch {
  const layers = graph.layers.filter(({ weights }) => weights.some(isKernel));
  const byName = layers.every(({ name }) => sources.some((source) => source.name === name));
  const keyOf = (name: string, extents: readonly number[]): string =>
    byName ? `${name} ${kernelKey(extents)}` : kernelKey(extents);
  const waiting = Map.groupBy(sources, (source) => keyOf(source.name, kernelExtents(source)));
  const matched: MatchedLayer[] = [];
  const missing: Layer[] = [];
  for (const layer of layers) {
    const source = waiting.get(keyOf(layer.name, kernelOf(layer).shape))?.shift();
    if (source === undefined) missing.push(layer);
    else matched.push({ layer, source });
  }
  const used = new Set(matched.map(({ source }) => source));
  return {
    matched,
    missing,
    left: sources.filter((source) => !used.has(source)),
    normless: matched.filter(({ layer, source }) => source.norm !== null && !hasNorm(layer)),
  };
}

export function fits({ missing, left, normless }: LayerMatch): boolean {
  return missing.length === 0 && left.length === 0 && normless.length === 0;
}

/** @throws Error for a layer without one */
export function kernelOf({ name, weights }: Layer): Weight {
  const kernel = weights.find(isKernel);
  if (kernel === undefined) throw new Error(`the layer ${name} has no kernel`);
  return kernel;
}

function hasNorm({ weights }: Layer): boolean {
  return weights.some(({ kind }) => kind === 'moving mean');
}
