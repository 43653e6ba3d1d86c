import { mistakesProblem } from '../mistakes/mistakes-problem.ts';
import type { Graph } from './graph.ts';
import type { Padding, Shape } from './layer.ts';
import type { LayerSite } from './layers/define-layer.ts';
import { type Layer, layerKind, type LayerKindName, type LayerOptions } from './layers/layer-kinds.ts';
import { windowCount } from './window.ts';

interface LayerPlace {
  readonly name: string;
  readonly role: string;
  readonly module?: string;
  /** Layers to read from; the layer added last if left out. */
  readonly inputs?: readonly string[];
}

/** Adds layers one after another and works out their shapes and weights. */
export class GraphBuilder {
  readonly family: string;
  readonly input: Shape;
  readonly classes: number;
  private readonly layers: Layer[] = [];
  private readonly shapes = new Map<string, Shape>();

  constructor(family: string, input: Shape, classes: number) {
    this.family = family;
    this.input = input;
    this.classes = classes;
    this.add('input', { name: 'input', role: 'input', inputs: [] });
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

  /**
   * Adds a layer of a kind.
   * @returns its name
   * @throws Problem network-invalid where its window fits nowhere
   */
  add<Name extends LayerKindName>(kind: Name, options: LayerPlace & LayerOptions<Name>): string {
    const { name, role, module, inputs = [this.last] }: LayerPlace = options;
    if (this.shapes.has(name)) throw new Error(`The graph has two layers named ${name}.`);
    const planned = layerKind(kind).plan(options, this.site(name, inputs));
    // The name says which of the kinds this is, the plan has the rest.
    const common = { kind, name, role, module: module ?? null, inputs, weights: [] };
    const layer = { ...common, ...planned } as unknown as Layer;
    this.layers.push(layer);
    this.shapes.set(name, layer.output);
    return name;
  }

  private site(name: string, reads: readonly string[]): LayerSite {
    const inputs = reads.map((each) => this.shape(each));
    return {
      name,
      input: inputs[0] ?? this.input,
      inputs,
      slide: (shape, size, stride, padding) => this.slide(name, shape, size, stride, padding),
    };
  }

  private slide(name: string, shape: Shape, size: number, stride: number, padding: Padding): Shape {
    const [height, width, channels] = shape;
    const rows = windowCount(height, size, stride, padding.top + padding.bottom);
    const columns = windowCount(width, size, stride, padding.left + padding.right);
    if (rows > 0 && columns > 0) return [rows, columns, channels];
    const message =
      `the feature map becomes too small: layer ${name} receives a ${height}x${width} map, and its ` +
      `${size}x${size} window (stride ${stride}) does not fit in it. ` +
      `An input of ${this.input.join('x')} is too small for this ${this.family}; use larger images ` +
      `or a network that reduces them less (stem: small has stride 1 in its first convolution).`;
    throw mistakesProblem('network-invalid', [{ path: ['network'], value: undefined, message }]);
  }
}
