import type { Graph, Layer, Shape } from './graph.ts';

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
    const { extent, stride } = windowOf(layer, shapes.get(layer.inputs[0] ?? '') ?? graph.input);
    fields.set(layer.name, { size: size + (extent - 1) * jump, jump: jump * stride });
  }
  return fields;
}

function windowOf(layer: Layer, input: Shape): { extent: number; stride: number } {
  switch (layer.kind) {
    case 'convolution':
    case 'depthwise':
      return { extent: Math.max(...layer.kernel), stride: layer.stride };
    case 'pool':
      return { extent: layer.size, stride: layer.stride };
    case 'global average pool':
    case 'dense':
      return { extent: Math.max(input[0], input[1]), stride: 1 };
    case 'input':
    case 'concatenation':
    case 'addition':
    case 'channel shuffle':
    case 'dropout':
    case 'local response normalization':
      return { extent: 1, stride: 1 };
  }
}
