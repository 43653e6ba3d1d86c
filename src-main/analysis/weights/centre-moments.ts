import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { ConvolutionLayer, Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { forward, type Weights } from '../../engine/model.ts';
import { imageTensor, weightTensors } from '../network-tensors.ts';
import { batchesOf } from '../evaluation-set.ts';
import type { MethodControl } from '../method.ts';
import type { EvaluationSet, Subject } from '../subject.ts';
import type { Network } from './fold-batch-norm.ts';
import type { Moments } from './linear-map.ts';
import { MomentSums } from './moment-sums.ts';

const BATCH = 100;

/** The 3x3 convolutions whose centre lies on a pixel of the input wherever they are put: padded by one at most. */
export function centredLayers({ layers }: Graph): ConvolutionLayer[] {
  return layers.filter(
    (layer): layer is ConvolutionLayer =>
      layer.kind === 'convolution' &&
      layer.kernel.every((side) => side === 3) &&
      layer.groups === 1 &&
      Object.values(layer.padding).every((pixels: number) => pixels <= 1),
  );
}

/**
 * Moments of the input at the centre of the window and the pre-activation without its bias, over all positions and
 * images, for each centred 3x3 layer by name.
 */
export async function centreMoments(
  { engine }: Subject,
  { graph, weights: values }: Network,
  set: EvaluationSet,
  { progress, pause }: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<ReadonlyMap<string, Moments>> {
  const layers = centredLayers(graph);
  const moments = new Map<string, MomentSums>();
  const weights = weightTensors(graph, values);
  const { operations } = engine;
  try {
    for (const { end, batch } of batchesOf(set, BATCH)) {
      tf.tidy(() => {
        const outputs = new Map<string, Tensor4D>();
        const onLayer = ({ name }: Layer, output: Tensor4D): void => void outputs.set(name, output);
        const images = imageTensor(graph, batch.images);
        forward(graph, weights, images, { operations, training: false, onLayer });
        for (const layer of layers) {
          tf.tidy(() => {
            const x = outputs.get(layer.inputs[0] ?? '');
            const kernel = kernelOf(layer, weights);
            if (x === undefined) throw new Error(`no input of ${layer.name}`);
            const y = operations.convolution(x, kernel, layer.stride, layer.padding, 1);
            const samples = [rows(centres(x, layer)), rows(y)] as const;
            const sums = moments.get(layer.name);
            if (sums === undefined) moments.set(layer.name, new MomentSums(...samples));
            else sums.add(...samples);
          });
        }
      });
      progress(end / set.count);
      await pause();
    }
  } finally {
    tf.dispose([...weights.values()]);
  }
  return moments;
}

/** The input at the centre of the window of each output position. */
function centres(x: Tensor4D, { output, stride, padding }: ConvolutionLayer): Tensor4D {
  const [height, width] = output;
  const [top, left] = [1 - padding.top, 1 - padding.left];
  const end = [top + (height - 1) * stride + 1, left + (width - 1) * stride + 1] as const;
  const [images, , , channels] = x.shape;
  return tf.stridedSlice(
    x,
    [0, top, left, 0],
    [images, ...end, channels],
    [1, stride, stride, 1],
  ) as Tensor4D;
}

function rows(x: Tensor4D): Tensor2D {
  return tf.reshape(x, [-1, x.shape[3]]);
}

function kernelOf(layer: ConvolutionLayer, weights: Weights): Tensor4D {
  const kernel = weights.get(`${layer.name}/kernel`);
  if (kernel === undefined) throw new Error(`no kernel of ${layer.name}`);
  return kernel as Tensor4D;
}
