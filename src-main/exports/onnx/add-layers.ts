import type { Graph } from '../../../src-shared/networks/graph.ts';
import { kindOf, type Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import type { LayerWriter } from '../../../src-shared/networks/layers/onnx-writer.ts';
import type { OnnxGraph } from './onnx-graph.ts';

/** The values of a network by weight name, row-major in the layouts of `Weight.shape`. */
export type WeightValues = ReadonlyMap<string, Float32Array>;

/**
 * Adds a network's layers as they compute in inference (src-main/engine/model.ts). Maps are [n, c, h, w]; what follows
 * a dense layer is [n, units].
 *
 * @param images name of the normalised images
 * @returns name of the last layer's output
 */
export function addLayers(onnx: OnnxGraph, graph: Graph, weights: WeightValues, images: string): string {
  /** The name in ONNX of each layer's output: its own, or that of the layer before a dropout. */
  const outputs = new Map<string, string>();
  const shapes = new Map(graph.layers.map(({ name, output }) => [name, output]));
  let last = images;
  for (const layer of graph.layers) {
    const [x = images, ...others] = layer.inputs.map((name) =>
      found(outputs.get(name), `the output of ${name}`),
    );
    const inputShape = shapes.get(layer.inputs[0] ?? '') ?? graph.input;
    last = kindOf(layer).onnx(layer, [x, ...others], { ...weightWriter(onnx, layer, weights), inputShape });
    outputs.set(layer.name, last);
  }
  return last;
}

function weightWriter(onnx: OnnxGraph, layer: Layer, weights: WeightValues): Omit<LayerWriter, 'inputShape'> {
  const weightOf: LayerWriter['weight'] = (kind) => {
    const weight = found(
      layer.weights.find((each) => each.kind === kind),
      `the ${kind} of ${layer.name}`,
    );
    return { weight, values: found(weights.get(weight.name), `a value for ${weight.name}`) };
  };
  const vector = (kind: string): string => {
    const { weight, values } = weightOf(kind);
    return onnx.floats(weight.name, weight.shape, values);
  };
  return { onnx, weight: weightOf, vector };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the graph lacks ${what}`);
  return value;
}
