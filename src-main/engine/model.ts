import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { assertNever } from '../../src-shared/assert-never.ts';
import {
  type Activation,
  type ConvolutionLayer,
  type DepthwiseLayer,
  type Graph,
  type Layer,
  type WeightKind,
} from '../../src-shared/networks/graph.ts';
import { randomStream } from '../../src-shared/random.ts';
import type { Operations } from './operations.ts';

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
}

export interface ForwardResult {
  /** [n, classes], before softmax. */
  readonly logits: Tensor2D;
  /** In training: the new moving mean and variance by weight name, kept (the caller disposes of them). */
  readonly movingStatistics: ReadonlyMap<string, Tensor1D>;
}

/**
 * Runs a graph on a batch.
 *
 * A bias before a batch norm that is in training has no effect on the output and no gradient, so it stays
 * at its initial zero; it is a parameter of the network, but nothing is computed with it.
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
  for (const layer of neededLayers(graph, given)) {
    last = given.get(layer.name) ?? runLayer(layer, outputs, pass);
    outputs.set(layer.name, last);
    options.onLayer?.(layer, last);
  }
  if (last === undefined) throw new Error('a graph needs layers');
  return { logits: tf.reshape(last, [last.shape[0], graph.classes]), movingStatistics };
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

/** @param outputs of the layers before, by name */
function runLayer(layer: Layer, outputs: ReadonlyMap<string, Tensor4D>, pass: Pass): Tensor4D {
  const { operations, training } = pass.options;
  const inputs = layer.inputs.map((name) => {
    const output = outputs.get(name);
    if (output === undefined) throw new Error(`layer ${layer.name} reads ${name}, which comes after it`);
    return output;
  });
  const [x] = inputs;
  if (layer.kind === 'input' || x === undefined) throw new Error(`layer ${layer.name} has no input`);
  switch (layer.kind) {
    case 'convolution': {
      const kernel = weight(pass, layer, 'kernel') as Tensor4D;
      const y = operations.convolution(x, kernel, layer.stride, layer.padding, layer.groups);
      return normalizeAndActivate(layer, y, pass);
    }
    case 'depthwise': {
      const kernel = weight(pass, layer, 'depthwise kernel') as Tensor4D;
      return normalizeAndActivate(layer, operations.depthwise(x, kernel, layer.stride, layer.padding), pass);
    }
    case 'pool': {
      const { size, stride, padding } = layer;
      return layer.operation === 'maximum'
        ? operations.maximumPool(x, size, stride, padding)
        : operations.averagePool(x, size, stride, padding);
    }
    case 'global average pool':
      return tf.mean(x, [1, 2], true);
    case 'concatenation':
      return activate(operations.concatenate(inputs), layer.activation, operations);
    case 'addition': {
      const sum = inputs.slice(1).reduce<Tensor4D>((total, part) => tf.add(total, part), x);
      return activate(sum, layer.activation, operations);
    }
    case 'channel shuffle':
      return operations.shuffleChannels(x, layer.groups);
    case 'dropout': {
      if (!training || layer.rate === 0) return x;
      const seed = pass.options.dropoutSeed;
      if (seed === undefined) throw new Error('a network with dropout needs a seed to train');
      return operations.dropout(x, layer.rate, seed, randomStream(0, 'dropout', layer.name).bits() | 0);
    }
    case 'local response normalization':
      return tf.localResponseNormalization(x, layer.depthRadius, layer.bias, layer.alpha, layer.beta);
    case 'dense': {
      const flat = tf.reshape(x, [x.shape[0], -1]);
      const product = tf.matMul(flat, weight(pass, layer, 'kernel'));
      const y = tf.reshape<tf.Rank.R4>(product, [x.shape[0], 1, 1, layer.units]);
      const biased = operations.biasAdd(y, weight(pass, layer, 'bias') as Tensor1D);
      return activate(biased, layer.activation, operations);
    }
    default:
      return assertNever(layer);
  }
}

function normalizeAndActivate(layer: ConvolutionLayer | DepthwiseLayer, x: Tensor4D, pass: Pass): Tensor4D {
  const { operations } = pass.options;
  let y = x;
  if (layer.batchNorm) y = batchNorm(layer, x, pass);
  else if (layer.weights.some(({ kind }) => kind === 'bias'))
    y = operations.biasAdd(x, weight(pass, layer, 'bias') as Tensor1D);
  return activate(y, layer.activation, operations);
}

function batchNorm(layer: Layer, x: Tensor4D, pass: Pass): Tensor4D {
  const { operations, training } = pass.options;
  const weights = {
    gamma: weight(pass, layer, 'gamma') as Tensor1D,
    beta: weight(pass, layer, 'beta') as Tensor1D,
    movingMean: weight(pass, layer, 'moving mean') as Tensor1D,
    movingVariance: weight(pass, layer, 'moving variance') as Tensor1D,
  };
  if (!training) return operations.batchNormInference(x, weights);
  const { output, movingMean, movingVariance } = operations.batchNormTraining(x, weights);
  pass.movingStatistics.set(nameOf(layer, 'moving mean'), movingMean);
  pass.movingStatistics.set(nameOf(layer, 'moving variance'), movingVariance);
  return output;
}

function activate(x: Tensor4D, activation: Activation, operations: Operations): Tensor4D {
  return activation === 'relu' ? operations.relu(x) : x;
}

function weight(pass: Pass, layer: Layer, kind: WeightKind): Tensor {
  const tensor = pass.weights.get(nameOf(layer, kind));
  if (tensor === undefined) throw new Error(`no value for the ${kind} of layer ${layer.name}`);
  return tensor;
}

function nameOf(layer: Layer, kind: WeightKind): string {
  const found = layer.weights.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`layer ${layer.name} has no ${kind}`);
  return found.name;
}
