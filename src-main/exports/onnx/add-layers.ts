import { assertNever } from '../../../src-shared/assert-never.ts';
import {
  BATCH_NORM,
  type Activation,
  type ConvolutionLayer,
  type DenseLayer,
  type DepthwiseLayer,
  type Graph,
  type Layer,
  type Padding,
  type PoolLayer,
  type Shape,
  type Weight,
  type WeightKind,
} from '../../../src-shared/networks/graph.ts';
import { filtersFirst, rowsChannelsFirst } from './kernel-layouts.ts';
import type { AttributeValue, OnnxGraph } from './onnx-graph.ts';

/** The values of a network by weight name, row-major in the layouts of `Weight.shape`. */
export type WeightValues = ReadonlyMap<string, Float32Array>;

/**
 * Adds a network's layers as they compute in inference (src-main/engine/model.ts): dropout is left out, batch
 * norm uses its moving statistics. Maps are [n, c, h, w]; what follows a dense layer is [n, units].
 *
 * A layer's output has the layer's name, so that it can be found again in a viewer.
 * @param images name of the normalised images
 * @returns name of the last layer's output
 */
export function addLayers(onnx: OnnxGraph, graph: Graph, weights: WeightValues, images: string): string {
  const translation = new Translation(onnx, graph, weights);
  return graph.layers.reduce((_, layer) => translation.add(layer, images), images);
}

class Translation {
  readonly #onnx: OnnxGraph;
  readonly #weights: WeightValues;
  readonly #shapes: ReadonlyMap<string, Shape>;
  /** The name in ONNX of each layer's output: its own, or that of the layer before a dropout. */
  readonly #outputs = new Map<string, string>();

  constructor(onnx: OnnxGraph, graph: Graph, weights: WeightValues) {
    this.#onnx = onnx;
    this.#weights = weights;
    this.#shapes = new Map(graph.layers.map(({ name, output }) => [name, output]));
  }

  add(layer: Layer, images: string): string {
    const inputs = layer.inputs.map((name) => found(this.#outputs.get(name), `the output of ${name}`));
    const output = layer.kind === 'input' ? images : this.#translate(layer, inputs);
    this.#outputs.set(layer.name, output);
    return output;
  }

  #translate(layer: Exclude<Layer, { kind: 'input' }>, inputs: readonly string[]): string {
    const { name } = layer;
    const x = found(inputs[0], `an input of ${name}`);
    switch (layer.kind) {
      case 'convolution':
      case 'depthwise':
        return this.#convolution(layer, x);
      case 'pool':
        return this.#pool(layer, x);
      case 'global average pool':
        return this.#onnx.node('GlobalAveragePool', [x], name);
      case 'concatenation':
        return this.#activated(layer, (output) =>
          this.#onnx.node('Concat', inputs, output, { axis: { integer: 1 } }),
        );
      case 'addition':
        return this.#activated(layer, (output) => this.#onnx.node('Sum', inputs, output));
      case 'channel shuffle':
        return this.#shuffle(name, x, layer.output, layer.groups);
      case 'dropout':
        return x;
      case 'local response normalization': {
        // ONNX divides alpha by the number of channels in the window, TensorFlow does not.
        const size = 2 * layer.depthRadius + 1;
        return this.#onnx.node('LRN', [x], name, {
          size: { integer: size },
          alpha: { float: layer.alpha * size },
          beta: { float: layer.beta },
          bias: { float: layer.bias },
        });
      }
      case 'dense':
        return this.#dense(layer, x);
      default:
        return assertNever(layer);
    }
  }

  #convolution(layer: ConvolutionLayer | DepthwiseLayer, x: string): string {
    const [, , channels] = layer.output;
    const [height, width] = layer.kernel;
    const depthwise = layer.kind === 'depthwise';
    const kernel = this.#weight(layer, depthwise ? 'depthwise kernel' : 'kernel');
    const perGroup = depthwise ? 1 : found(kernel.weight.shape[2], `input channels of ${layer.name}`);
    const values = filtersFirst(kernel.values, [height, width, perGroup, channels]);
    const inputs = [x, this.#onnx.floats(kernel.weight.name, [channels, perGroup, height, width], values)];
    // A bias before a batch norm has no effect (src-main/engine/model.ts).
    const biased = !layer.batchNorm && layer.weights.some(({ kind }) => kind === 'bias');
    if (biased) inputs.push(this.#vector(layer, 'bias'));
    return this.#activated(layer, (output) => {
      const convolved = layer.batchNorm ? `${layer.name}/convolution` : output;
      this.#onnx.node('Conv', inputs, convolved, {
        ...windowAttributes(layer.kernel, layer.stride, layer.padding),
        group: { integer: depthwise ? channels : layer.groups },
      });
      if (layer.batchNorm) this.#batchNorm(layer, convolved, output);
    });
  }

  #batchNorm(layer: Layer, x: string, output: string): void {
    const kinds = ['gamma', 'beta', 'moving mean', 'moving variance'] as const;
    this.#onnx.node('BatchNormalization', [x, ...kinds.map((kind) => this.#vector(layer, kind))], output, {
      epsilon: { float: BATCH_NORM.epsilon },
    });
  }

  #pool({ name, operation, size, stride, padding }: PoolLayer, x: string): string {
    const window = windowAttributes([size, size], stride, padding);
    if (operation === 'maximum') return this.#onnx.node('MaxPool', [x], name, window);
    // Padded pixels are not counted.
    return this.#onnx.node('AveragePool', [x], name, { ...window, count_include_pad: { integer: 0 } });
  }

  #shuffle(name: string, x: string, [height, width, channels]: Shape, groups: number): string {
    const grouped = this.#onnx.integers(`${name}/groups`, [0, groups, channels / groups, height, width]);
    const flat = this.#onnx.integers(`${name}/channels`, [0, channels, height, width]);
    const split = this.#onnx.node('Reshape', [x, grouped], `${name}/split`);
    const permutation = { perm: { integers: [0, 2, 1, 3, 4] } };
    const transposed = this.#onnx.node('Transpose', [split], `${name}/transposed`, permutation);
    return this.#onnx.node('Reshape', [transposed, flat], name);
  }

  #dense(layer: DenseLayer, x: string): string {
    const input = found(this.#shapes.get(layer.inputs[0] ?? ''), `the input of ${layer.name}`);
    const { weight, values } = this.#weight(layer, 'kernel');
    const kernel = rowsChannelsFirst(values, input, layer.units);
    const operands = [
      this.#onnx.node('Flatten', [x], `${layer.name}/flat`, { axis: { integer: 1 } }),
      this.#onnx.floats(weight.name, weight.shape, kernel),
      this.#vector(layer, 'bias'),
    ];
    return this.#activated(layer, (output) => this.#onnx.node('Gemm', operands, output));
  }

  /** @param compute adds what yields an output of the given name */
  #activated(layer: { name: string; activation: Activation }, compute: (output: string) => void): string {
    if (layer.activation === 'none') {
      compute(layer.name);
      return layer.name;
    }
    const before = `${layer.name}/before relu`;
    compute(before);
    return this.#onnx.node('Relu', [before], layer.name);
  }

  /** Adds a weight that has one value per channel. */
  #vector(layer: Layer, kind: WeightKind): string {
    const { weight, values } = this.#weight(layer, kind);
    return this.#onnx.floats(weight.name, weight.shape, values);
  }

  #weight(layer: Layer, kind: WeightKind): { weight: Weight; values: Float32Array } {
    const weight = found(
      layer.weights.find((each) => each.kind === kind),
      `the ${kind} of ${layer.name}`,
    );
    return { weight, values: found(this.#weights.get(weight.name), `a value for ${weight.name}`) };
  }
}

function windowAttributes(
  [height, width]: readonly [number, number],
  stride: number,
  { top, left, bottom, right }: Padding,
): Record<string, AttributeValue> {
  return {
    kernel_shape: { integers: [height, width] },
    strides: { integers: [stride, stride] },
    pads: { integers: [top, left, bottom, right] },
  };
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the graph lacks ${what}`);
  return value;
}
