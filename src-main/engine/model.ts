import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { OneOrMore } from '../../src-shared/networks/layers/define-layer.ts';
import { kindOf, type Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import type { LayerPass } from '../../src-shared/networks/layers/operations.ts';
import { layersBeside } from './layers-beside.ts';
import type { EngineTensors, Operations } from './operations.ts';

/** The tensors of a network, by weight name. */
export type Weights = ReadonlyMap<string, Tensor>;

export interface ForwardOptions {
  readonly operations: Operations;
  /** True: batch statistics, dropout. False: moving statistics, no dropout. */
  readonly training: boolean;
  /** int32 [2], the run's seed and the step; needed where the network has dropout. */
  readonly dropoutSeed?: Tensor1D;
  /** Called with each layer's output, [n, h, w, c], after its activation. */
  readonly onLayer?: (layer: Layer, output: Tensor4D) => void;
  /** By layer, [n or 1, h or 1, w or 1, c]: added to its output, of which the gradient is then that of the logits. */
  readonly shifts?: ReadonlyMap<string, Tensor4D>;
}

export interface ForwardResult {
  /** [n, classes], before softmax; of networks side by side a row for each, image by image. */
  readonly logits: Tensor2D;
  /** In training: the new moving mean and variance by weight name, kept (the caller disposes of them). */
  readonly movingStatistics: ReadonlyMap<string, Tensor1D>;
}

/**
 * Runs a graph on a batch.
 *
 * @param images float32 [n, h, w, c], normalised
 */
export function forward(
  graph: Graph,
  weights: Weights,
  images: Tensor4D,
  options: ForwardOptions,
): ForwardResult {
  const input = graph.layers[0];
  if (input === undefined) throw new Error('a graph needs layers');
  return forwardFrom(graph, weights, new Map([[input.name, images]]), options);
}

/**
 * Runs the part of a graph that the logits still need where some outputs are known: a layer whose output is given is
 * not computed, nor is anything that only such layers read.
 *
 * @param given [n, h, w, c] by name: outputs of layers, the input among them unless nothing that is computed reads it,
 *   and whatever else a layer reads under a name that no layer has
 */
export function forwardFrom(
  graph: Graph,
  weights: Weights,
  given: ReadonlyMap<string, Tensor4D>,
  options: ForwardOptions,
): ForwardResult {
  const outputs = new Map(given);
  const movingStatistics = new Map<string, Tensor1D>();
  const pass: Pass = { graph, weights, options, movingStatistics };
  let last: Tensor4D | undefined;
  const needed = neededLayers(graph, given);
  // whoever looks at each layer, or shifts it, gets each
  const isAlone = options.onLayer !== undefined || options.shifts !== undefined;
  const beside = isAlone ? new Map<Layer, never>() : layersBeside(needed, given);
  const waiting = new Set([...beside.values()].flat());
  for (const layer of needed) {
    if (waiting.has(layer)) continue;
    const parts = beside.get(layer);
    last =
      given.get(layer.name) ?? (parts && runBeside(parts, outputs, pass)) ?? runLayer(layer, outputs, pass);
    const shift = options.shifts?.get(layer.name);
    if (shift) last = tf.add<Tensor4D>(last, shift);
    outputs.set(layer.name, last);
    options.onLayer?.(layer, last);
  }
  if (last === undefined) throw new Error('a graph needs layers');
  return { logits: tf.reshape(last, [-1, graph.classes]), movingStatistics };
}

/** The layers that the last one rests on, in order, no further back than what is given. */
function neededLayers(graph: Graph, given: ReadonlyMap<string, Tensor4D>): Layer[] {
  const needed = new Set(graph.layers.slice(-1).map(({ name }) => name));
  for (const { name, inputs } of graph.layers.toReversed()) {
    if (needed.has(name) && !given.has(name)) for (const input of inputs) needed.add(input);
  }
  return graph.layers.filter(({ name }) => needed.has(name));
}

interface Pass {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly options: ForwardOptions;
  readonly movingStatistics: Map<string, Tensor1D>;
}

/** Layers side by side; where the engine has nothing for that, each of them and null. */
function runBeside(
  [first, ...others]: OneOrMore<Layer>,
  outputs: Map<string, Tensor4D>,
  pass: Pass,
): Tensor4D | null {
  const part = (layer: Layer) => ({ layer, pass: layerPass(layer, pass) });
  const [x] = inputsOf(first, outputs);
  const together = kindOf(first).computeBeside?.([part(first), ...others.map(part)], x) ?? null;
  if (together === null)
    for (const layer of [first, ...others]) outputs.set(layer.name, runLayer(layer, outputs, pass));
  return together;
}

/** @param outputs of the layers before, by name */
function runLayer(layer: Layer, outputs: ReadonlyMap<string, Tensor4D>, pass: Pass): Tensor4D {
  return kindOf(layer).compute(layer, inputsOf(layer, outputs), layerPass(layer, pass));
}

function inputsOf(layer: Layer, outputs: ReadonlyMap<string, Tensor4D>): OneOrMore<Tensor4D> {
  const [x, ...others] = layer.inputs.map((name) => {
    const output = outputs.get(name);
    if (output === undefined) throw new Error(`layer ${layer.name} reads ${name}, which comes after it`);
    return output;
  });
  if (x === undefined) throw new Error(`layer ${layer.name} has no input`);
  return [x, ...others];
}

function layerPass(layer: Layer, pass: Pass): LayerPass<EngineTensors> {
  const { operations, training, dropoutSeed } = pass.options;
  const weight = (kind: string): Tensor => {
    const tensor = pass.weights.get(nameOf(layer, kind));
    if (tensor === undefined) throw new Error(`no value for the ${kind} of layer ${layer.name}`);
    return tensor;
  };
  return {
    operations,
    training,
    dropoutSeed,
    map: (kind) => weight(kind) as Tensor4D,
    matrix: (kind) => weight(kind) as Tensor2D,
    vector: (kind) => weight(kind) as Tensor1D,
    keep: (kind, value) => void pass.movingStatistics.set(nameOf(layer, kind), value),
  };
}

function nameOf(layer: Layer, kind: string): string {
  const found = layer.weights.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`layer ${layer.name} has no ${kind}`);
  return found.name;
}
