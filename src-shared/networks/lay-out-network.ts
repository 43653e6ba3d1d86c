import { roleNamed } from './families.ts';
import type { LayerCost, NetworkCost } from './costs.ts';
import type { Graph } from './graph.ts';
import type { Shape } from './layer.ts';
import { kindOf, type Layer } from './layers/layer-kinds.ts';

/** A layer as a bar whose length stands for its output channels. */
export interface DrawnLayer {
  readonly layer: Layer;
  readonly cost: LayerCost;
  /** Layers without weights are drawn as a thin line. */
  readonly thin: boolean;
}

/** A module, or a layer that stands alone: lines of bars from its entrance to its exit. */
export interface DrawnBlock {
  /** The module's name, or the layer's. */
  readonly name: string;
  /** Layers on one line read from the same place and stand side by side. */
  readonly lines: readonly (readonly DrawnLayer[])[];
  /** What leads from the entrance to the exit beside the lines; `layer` is null where nothing is computed on the way. */
  readonly shortcut: { readonly layer: DrawnLayer | null } | null;
  /** All its layers in the graph's order; what merges branches is among them and in no line. */
  readonly layers: readonly DrawnLayer[];
  readonly output: Shape;
  readonly parameters: number;
  readonly macs: number;
}

/** The blocks of a network from the image to the logits. */
export function layOutNetwork(graph: Graph, cost: NetworkCost): DrawnBlock[] {
  const costs = new Map(cost.layers.map((layer) => [layer.name, layer]));
  const blocks: { name: string; layers: DrawnLayer[] }[] = [];
  for (const layer of graph.layers) {
    const layerCost = costs.get(layer.name);
    if (!layerCost) throw new Error(`The cost has no layer ${layer.name}.`);
    const name = layer.module ?? layer.name;
    const drawn = { layer, cost: layerCost, thin: layer.weights.length === 0 };
    const block = blocks.at(-1);
    if (layer.module !== null && block?.name === name) block.layers.push(drawn);
    else blocks.push({ name, layers: [drawn] });
  }
  return blocks.map(({ name, layers }) => ({
    name,
    layers,
    ...arrange(layers),
    output: layers.at(-1)?.layer.output ?? graph.input,
    parameters: layers.reduce((sum, { cost: { parameters } }) => sum + parameters, 0),
    macs: layers.reduce((sum, { cost: { macs } }) => sum + macs, 0),
  }));
}

/**
 * The number of channels that fills the whole width: the most that stand on one line of the body. A thousand classes or
 * the dense layers of AlexNet would leave nothing to see of it; their bars are cut.
 */
export function widestLine(blocks: readonly DrawnBlock[]): number {
  const body = blocks.flatMap(({ lines }) => lines).filter((line) => line.some(isOfBody));
  return Math.max(1, ...body.map((line) => line.reduce((sum, drawn) => sum + channels(drawn), 0)));
}

function isOfBody({ layer, thin }: DrawnLayer): boolean {
  return !thin && !roleNamed(layer.role).head;
}

export function channels({ layer }: DrawnLayer): number {
  return layer.output[2];
}

/** Splits a block's layers into lines by their distance from its entrance, and its shortcut. */
function arrange(layers: readonly DrawnLayer[]): Pick<DrawnBlock, 'lines' | 'shortcut'> {
  const own = new Map(layers.map((drawn) => [drawn.layer.name, drawn]));
  const shortcut = findShortcut(layers, own);
  const depths = new Map<string, number>();
  const lines: DrawnLayer[][] = [];
  for (const drawn of layers) {
    const { name, inputs } = drawn.layer;
    if (kindOf(drawn.layer).joins || drawn === shortcut?.layer) continue;
    const depth = Math.max(0, ...inputs.map((input) => (depths.get(input) ?? -1) + 1));
    depths.set(name, depth);
    (lines[depth] ??= []).push(drawn);
  }
  return { lines, shortcut };
}

/** A merge reads a shortcut where one of its inputs is the block's entrance, or one layer away from it. */
function findShortcut(
  layers: readonly DrawnLayer[],
  own: ReadonlyMap<string, DrawnLayer>,
): DrawnBlock['shortcut'] {
  const merged = layers.filter(({ layer }) => kindOf(layer).joins).flatMap(({ layer }) => layer.inputs);
  if (merged.some((input) => !own.has(input))) return { layer: null };
  const bridge = merged
    .flatMap((input) => own.get(input) ?? [])
    .find(({ layer }) => layer.inputs.every((input) => !own.has(input)));
  return bridge ? { layer: bridge } : null;
}
