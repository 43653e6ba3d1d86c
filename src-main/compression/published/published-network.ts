import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { ConvolutionLayer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { isKernel, weightSize } from '../../../src-shared/networks/weights.ts';
import { denseKernel } from '../sparse-kernel.ts';
import { type PublishedLayer, type PublishedShape, readPublishedFile } from './published-file.ts';

export const PUBLISHED_DESCRIPTION = { family: 'squeezenet', version: '1.0' } as const;
const PUBLISHED_SIDE = 227;
const CLASSES = 1000;
/** Of blue, green, red, subtracted from bytes: those of the authors' Caffe data layer. */
const CAFFE_MEAN = [104, 117, 123] as const;

/**
 * What makes of a picture's bytes the network's input, (byte / 255 - mean) / std, here byte - Caffe's mean. In the
 * order red, green, blue.
 */
export const PUBLISHED_NORMALIZATION = {
  mean: CAFFE_MEAN.map((mean) => mean / 255).reverse(),
  std: [1 / 255, 1 / 255, 1 / 255],
};

export interface PublishedNetwork {
  readonly graph: Graph;
  /** As the file holds them. */
  readonly layers: readonly PublishedLayer[];
  /** By weight name, kernels HWIO; conv1 takes red, green, blue, though Caffe's takes blue, green, red. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** SqueezeNet v1.0 as published: 227 x 227 x 3, 1,000 classes. */
function publishedGraph(): Graph {
  const input = [PUBLISHED_SIDE, PUBLISHED_SIDE, 3] as const;
  return resolveNetwork(parseNetwork(PUBLISHED_DESCRIPTION), { input, classes: CLASSES });
}

/** The layers with weights, in the order of the graph, which is that of the file. */
function publishedConvolutions(graph: Graph): ConvolutionLayer[] {
  return graph.layers.filter((layer) => layer.kind === 'convolution');
}

/**
 * Decodes the published compressed SqueezeNet.
 * @param source the file's name, for messages
 * @throws Problem `data-invalid` for a file that is truncated or is another
 */
export function readPublishedNetwork(bytes: Uint8Array, source: string): PublishedNetwork {
  const graph = publishedGraph();
  const convolutions = publishedConvolutions(graph);
  const layers = readPublishedFile(bytes, convolutions.map(publishedShape), source);
  const weights = new Map<string, Float32Array>();
  for (const [index, convolution] of convolutions.entries()) {
    const layer = layers[index];
    if (layer === undefined) throw new Error(`no layer ${convolution.name} was read`);
    const dense = denseKernel(layer.kernel, publishedShape(convolution).weights);
    weights.set(`${convolution.name}/kernel`, kernelOf(convolution, dense));
    weights.set(`${convolution.name}/bias`, layer.bias);
  }
  return { graph, layers, weights };
}

function publishedShape({ name, filters, weights }: ConvolutionLayer): PublishedShape {
  const kernel = weights.find(isKernel);
  if (kernel === undefined) throw new Error(`layer ${name} has no kernel`);
  return { name, filters, weights: weightSize(kernel) };
}

/** Caffe's [filters, inputs, height, width] to [height, width, inputs, filters]; of conv1 the inputs reversed. */
function kernelOf({ name, kernel: [height, width], filters }: ConvolutionLayer, dense: Float32Array) {
  const positions = height * width;
  const inputs = dense.length / (positions * filters);
  const result = new Float32Array(dense.length);
  let from = 0;
  for (let filter = 0; filter < filters; filter++) {
    for (let input = 0; input < inputs; input++) {
      const place = name === 'conv1' ? inputs - 1 - input : input;
      for (let position = 0; position < positions; position++) {
        result[(position * inputs + place) * filters + filter] = dense[from++] as number;
      }
    }
  }
  return result;
}
