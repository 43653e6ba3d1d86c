import type { Graph } from './graph.ts';
import type { LayerCommon, Shape } from './layer.ts';
import { receptiveFields } from './receptive-field.ts';
import { isKernel, weightSize } from './weights.ts';

const FLOAT_BYTES = 4;

interface Cost {
  /** Values that are trained; batch norm's scale and shift among them. */
  readonly parameters: number;
  /** Values of batch norm's moving means and variances, which are kept but not trained. */
  readonly movingStatistics: number;
  /** Multiply-accumulates of convolutions and dense layers for one image; nothing else is counted. */
  readonly macs: number;
  /** Parameters and moving statistics as float32. */
  readonly sizeBytes: number;
  /** Outputs as float32 for one image, the image itself included. */
  readonly activationBytes: number;
}

export interface LayerCost extends Cost {
  readonly name: string;
  readonly role: string;
  readonly module: string | null;
  readonly output: Shape;
  /** Side of the theoretical receptive field in pixels of the input. */
  readonly receptiveField: number;
}

export interface NetworkCost extends Cost {
  /** Every step of the graph, the image, pools, merges and dropout among them. */
  readonly layers: readonly LayerCost[];
  /** Convolutions and dense layers: those that papers count. */
  readonly layersWithWeights: number;
}

/** What a network costs, per layer and in total, without training it. */
export function networkCost(graph: Graph): NetworkCost {
  const fields = receptiveFields(graph);
  const layers = graph.layers.map((layer): LayerCost => {
    const { name, role, module, output } = layer;
    const parameters = countWeights(layer, true);
    const movingStatistics = countWeights(layer, false);
    return {
      name,
      role,
      module,
      parameters,
      movingStatistics,
      macs: layerMacs(layer),
      sizeBytes: FLOAT_BYTES * (parameters + movingStatistics),
      activationBytes: FLOAT_BYTES * output[0] * output[1] * output[2],
      output,
      receptiveField: fields.get(name)?.size ?? 1,
    };
  });
  const total = (key: keyof Cost): number => layers.reduce((sum, layer) => sum + layer[key], 0);
  return {
    parameters: total('parameters'),
    movingStatistics: total('movingStatistics'),
    macs: total('macs'),
    sizeBytes: total('sizeBytes'),
    activationBytes: total('activationBytes'),
    layers,
    layersWithWeights: graph.layers.filter(({ weights }) => weights.length > 0).length,
  };
}

function countWeights(layer: LayerCommon, trainable: boolean): number {
  return layer.weights
    .filter((weight) => weight.trainable === trainable)
    .reduce((sum, weight) => sum + weightSize(weight), 0);
}

/** Each value of a kernel is used once per output position; its bias, batch norm and ReLU are not counted. */
function layerMacs(layer: LayerCommon): number {
  const kernel = layer.weights.find(isKernel);
  return kernel ? layer.output[0] * layer.output[1] * weightSize(kernel) : 0;
}
