import { mistakesProblem } from '../contract/mistakes-problem.ts';
import type { Activation, Graph, Initializer, Layer, Padding, Role, Shape } from './graph.ts';
import { heNormal, layerWeights, linearNormal } from './weights.ts';
import { ceilPadding, NO_PADDING, windowCount } from './window.ts';

interface LayerPlace {
  readonly name: string;
  readonly role: Role;
  readonly module?: string;
  /** Layers to read from; the layer added last if left out. */
  readonly inputs?: readonly string[];
}

interface ConvolutionOptions extends LayerPlace {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: Padding;
  readonly groups?: number;
  readonly bias: boolean;
  readonly batchNorm: boolean;
  readonly activation?: Activation;
  /** He normal before a ReLU and variance-keeping normal otherwise, if left out. */
  readonly initializer?: Initializer;
}

interface PoolOptions extends LayerPlace {
  readonly operation: 'maximum' | 'average';
  readonly size: number;
  readonly stride: number;
  /** `ceil` is Caffe's ceil mode. */
  readonly padding?: Padding | 'ceil';
}

/** Adds layers one after another and works out their shapes and weights. */
export class GraphBuilder {
  readonly family: string;
  readonly input: Shape;
  readonly classes: number;
  private readonly layers: Layer[];
  private readonly shapes = new Map<string, Shape>();

  constructor(family: string, input: Shape, classes: number) {
    this.family = family;
    this.input = input;
    this.classes = classes;
    this.layers = [];
    this.add({ kind: 'input', ...this.common({ name: 'input', role: 'input', inputs: [] }), output: input });
  }

  graph(): Graph {
    return { family: this.family, input: this.input, classes: this.classes, layers: this.layers };
  }

  /** Name of the layer added last. */
  get last(): string {
    return this.layers.at(-1)?.name ?? 'input';
  }

  /** Output shape of a layer that was already added. */
  shape(name: string): Shape {
    const shape = this.shapes.get(name);
    if (!shape) throw new Error(`The graph has no layer ${name}.`);
    return shape;
  }

  channels(name: string): number {
    return this.shape(name)[2];
  }

  convolution(options: ConvolutionOptions): string {
    const { filters, kernel, groups = 1, bias, batchNorm } = options;
    const { stride = 1, padding = NO_PADDING, activation = 'relu' } = options;
    const common = this.common(options);
    const [height, width, channels] = this.inputShape(common.inputs);
    const fanIn = (kernel * kernel * channels) / groups;
    const initializer =
      options.initializer ?? (activation === 'relu' ? heNormal(fanIn) : linearNormal(fanIn));
    return this.add({
      kind: 'convolution',
      ...common,
      filters,
      kernel: [kernel, kernel],
      stride,
      padding,
      groups,
      batchNorm,
      activation,
      output: this.windowed(options.name, [height, width, filters], kernel, stride, padding),
      weights: layerWeights(options.name, {
        kernelShape: [kernel, kernel, channels / groups, filters],
        initializer,
        channels: filters,
        bias,
        batchNorm,
      }),
    });
  }

  /** 3x3 depthwise convolution with batch norm, padding 1 and no bias. */
  depthwise(options: LayerPlace & { readonly stride: number; readonly activation: Activation }): string {
    const { name, stride, activation } = options;
    const common = this.common(options);
    const shape = this.inputShape(common.inputs);
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    return this.add({
      kind: 'depthwise',
      ...common,
      kernel: [3, 3],
      stride,
      padding,
      batchNorm: true,
      activation,
      output: this.windowed(name, shape, 3, stride, padding),
      weights: layerWeights(name, {
        kernelKind: 'depthwise kernel',
        kernelShape: [3, 3, shape[2], 1],
        initializer: activation === 'relu' ? heNormal(9) : linearNormal(9),
        channels: shape[2],
        bias: false,
        batchNorm: true,
      }),
    });
  }

  pool(options: PoolOptions): string {
    const { name, operation, size, stride } = options;
    const common = this.common(options);
    const shape = this.inputShape(common.inputs);
    const padding =
      options.padding === 'ceil'
        ? ceilPadding(shape[0], shape[1], size, stride)
        : (options.padding ?? NO_PADDING);
    const output = this.windowed(name, shape, size, stride, padding);
    return this.add({ kind: 'pool', ...common, operation, size, stride, padding, output });
  }

  globalAveragePool(place: LayerPlace): string {
    const common = this.common(place);
    const output: Shape = [1, 1, this.inputShape(common.inputs)[2]];
    return this.add({ kind: 'global average pool', ...common, output });
  }

  concatenation(place: LayerPlace & { readonly activation: Activation }): string {
    const common = this.common(place);
    const [height, width] = this.inputShape(common.inputs);
    const channels = common.inputs.reduce((sum, name) => sum + this.channels(name), 0);
    const output: Shape = [height, width, channels];
    return this.add({ kind: 'concatenation', ...common, activation: place.activation, output });
  }

  addition(place: LayerPlace & { readonly activation: Activation }): string {
    const common = this.common(place);
    const output = this.inputShape(common.inputs);
    return this.add({ kind: 'addition', ...common, activation: place.activation, output });
  }

  channelShuffle(place: LayerPlace & { readonly groups: number }): string {
    const common = this.common(place);
    const output = this.inputShape(common.inputs);
    return this.add({ kind: 'channel shuffle', ...common, groups: place.groups, output });
  }

  dropout(place: LayerPlace & { readonly rate: number }): string {
    const common = this.common(place);
    return this.add({
      kind: 'dropout',
      ...common,
      rate: place.rate,
      output: this.inputShape(common.inputs),
    });
  }

  /** Krizhevsky's constants as in Caffe: five channels, alpha 1e-4 as their mean (2e-5 of their sum), beta 0.75. */
  localResponseNorm(place: LayerPlace): string {
    const common = this.common(place);
    const output = this.inputShape(common.inputs);
    const constants = { depthRadius: 2, bias: 1, alpha: 1e-4 / 5, beta: 0.75 };
    return this.add({ kind: 'local response normalization', ...common, ...constants, output });
  }

  dense(
    options: LayerPlace & {
      readonly units: number;
      readonly activation: Activation;
      readonly initializer?: Initializer;
    },
  ): string {
    const { name, units, activation } = options;
    const common = this.common(options);
    const [height, width, channels] = this.inputShape(common.inputs);
    const inputs = height * width * channels;
    const weights = layerWeights(name, {
      kernelShape: [inputs, units],
      initializer: options.initializer ?? heNormal(inputs),
      channels: units,
      bias: true,
      batchNorm: false,
    });
    return this.add({ kind: 'dense', ...common, units, activation, output: [1, 1, units], weights });
  }

  private add(layer: Layer): string {
    if (this.shapes.has(layer.name)) throw new Error(`The graph has two layers named ${layer.name}.`);
    this.layers.push(layer);
    this.shapes.set(layer.name, layer.output);
    return layer.name;
  }

  private common({ name, role, module, inputs }: LayerPlace) {
    return { name, role, module: module ?? null, inputs: inputs ?? [this.last], weights: [] };
  }

  private inputShape(inputs: readonly string[]): Shape {
    const [first = 'input'] = inputs;
    return this.shape(first);
  }

  /** @throws Problem network-invalid where the window fits nowhere. */
  private windowed(name: string, shape: Shape, size: number, stride: number, padding: Padding): Shape {
    const [height, width, channels] = shape;
    const rows = windowCount(height, size, stride, padding.top + padding.bottom);
    const columns = windowCount(width, size, stride, padding.left + padding.right);
    if (rows > 0 && columns > 0) return [rows, columns, channels];
    const message =
      `the image shrinks to nothing: layer ${name} gets a ${height}x${width} map and its ` +
      `${size}x${size} window (stride ${stride}) fits nowhere in it. ` +
      `An input of ${this.input.join('x')} is too small for this ${this.family}; give larger images ` +
      `or a network that shrinks them less (stem: small has no stride in its first convolution).`;
    throw mistakesProblem('network-invalid', [{ path: ['network'], value: undefined, message }]);
  }
}
