import type { Graph } from './graph.ts';
import type { Shape } from './layer.ts';
import { kindOf } from './layers/layer-kinds.ts';

/** Of one unit of a layer's output: extent in input pixels, and input pixels from one unit to the next. */
export interface ReceptiveField {
  readonly size: number;
  readonly jump: number;
}

/**
 * Theoretical receptive field of each layer by name: a window of k units on a layer with field r and jump j
 * sees r + (k - 1) * j pixels. Where branches meet the largest counts. Padding counts as input, so a field
 * can be larger than the image; for a network that looks at all positions at once the longer side is taken.
 */
export function receptiveFields(graph: Graph): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>();
  const shapes = new Map<string, Shape>(graph.layers.map((layer) => [layer.name, layer.output]));
  for (const layer of graph.layers) {
    const before = layer.inputs.map((name) => fields.get(name) ?? { size: 1, jump: 1 });
    const size = Math.max(1, ...before.map((field) => field.size));
    const jump = Math.max(1, ...before.map((field) => field.jump));
    const input = shapes.get(layer.inputs[0] ?? '') ?? graph.input;
    const { extent, stride } = kindOf(layer).window?.(layer, input) ?? { extent: 1, stride: 1 };
    fields.set(layer.name, { size: size + (extent - 1) * jump, jump: jump * stride });
  }
  return fields;
}
