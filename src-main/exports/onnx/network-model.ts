import type { Graph } from '../../../src-shared/networks/graph.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { addLayers, type WeightValues } from './add-layers.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { encodeModel, FLOAT, type ValueInfoProto } from '../../network-files/onnx/onnx-schema.ts';

/** The oldest set that has all operators as they are used here, so that most runtimes know it; ONNX 1.12. */
const OPERATOR_SET = 17;
/** The version of the format that came with it. */
const IR_VERSION = 8;

export interface NetworkModel {
  readonly graph: Graph;
  readonly weights: WeightValues;
  /** Per channel, of images from 0 to 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Adds the output `probabilities`, the softmax of the logits. */
  readonly softmax: boolean;
  readonly name: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A trained network as an ONNX model: `images`, float32 [batch, channels, height, width] from 0 to 1, to
 * `logits`, float32 [batch, classes]. The normalization of the images is part of the graph.
 */
export function networkModel(model: NetworkModel): Uint8Array {
  const { graph, weights, mean, std, softmax } = model;
  const [height, width, channels] = graph.input;
  const onnx = new OnnxGraph();
  const perChannel = [1, channels, 1, 1];
  const centered = onnx.node(
    'Sub',
    ['images', onnx.floats('mean', perChannel, Float32Array.from(mean))],
    'images/centered',
  );
  const normalized = onnx.node(
    'Div',
    [centered, onnx.floats('std', perChannel, Float32Array.from(std))],
    'images/normalized',
  );
  const last = addLayers(onnx, graph, weights, normalized);
  onnx.node('Flatten', [last], 'logits', { axis: { integer: 1 } });
  const outputs = [valueInfo('logits', [graph.classes], 'one value per class, before softmax')];
  if (softmax) {
    onnx.node('Softmax', ['logits'], 'probabilities', { axis: { integer: 1 } });
    outputs.push(valueInfo('probabilities', [graph.classes], 'softmax of the logits'));
  }
  const input = valueInfo('images', [channels, height, width], 'from 0 to 1; normalized inside');
  return encodeModel({
    ir_version: IR_VERSION,
    producer_name: 'kindling',
    producer_version: kindlingVersion(),
    doc_string: model.description,
    graph: {
      name: model.name,
      node: onnx.nodes,
      initializer: onnx.constants,
      input: [input],
      output: outputs,
    },
    opset_import: [{ domain: '', version: OPERATOR_SET }],
    metadata_props: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
  });
}

/** A float32 tensor whose first axis is the batch, of any size. */
function valueInfo(name: string, perImage: readonly number[], description: string): ValueInfoProto {
  const dim = [{ dim_param: 'batch' }, ...perImage.map((extent) => ({ dim_value: extent }))];
  return {
    name,
    doc_string: description,
    type: { tensor_type: { elem_type: FLOAT, shape: { dim } } },
  };
}
