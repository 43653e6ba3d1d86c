import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import { isRectified } from '../../../../src-shared/networks/layers/parts/activation.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import type { ChannelStatistics } from '../../../datasets/normalization.ts';
import { middleUnit, outputGradient } from '../../pictures/output-gradient.ts';
import { computedValues } from '../../computed-values.ts';
import { imageTensor } from '../../network-tensors.ts';
import { endingAt, logitsOf, type PictureNetwork } from '../../pictures/picture-network.ts';

export interface MaximizeOptions {
  readonly steps: number;
  readonly seed: number;
  readonly statistics: ChannelStatistics;
  /** Awaited after each step. */
  readonly pause: () => Promise<void>;
}

export interface MaximizedImages {
  /** One for each channel, [channels, h, w, c], normalised. */
  readonly images: Float32Array;
  /** What each channel's middle unit answers to its image. */
  readonly activations: readonly number[];
}

/** Of a step, in standard deviations of the training pixels, for a gradient of mean size. */
const RATE = 0.05;
/** Share of the image that a step takes away, towards the mean colour. */
const DECAY = 0.005;
/** Steps from one blurring to the next: single bright pixels die out. */
const BLUR_EVERY = 4;
/** Of the noise that it starts from, in standard deviations of the training pixels. */
const NOISE = 0.2;

/**
 * Images that excite the middle unit of each of the first channels of a layer, by gradient ascent from noise, with decay
 * and blurring (Yosinski et al., 2015). The ascent is on the output before the layer's ReLU: after it, a unit that is
 * silent on noise has no gradient. Each pixel stays a colour that a picture can have.
 */
export async function maximizeActivation(
  network: PictureNetwork,
  layer: Layer,
  channels: number,
  { steps, seed, statistics, pause }: MaximizeOptions,
): Promise<MaximizedImages> {
  const ending = withoutLastActivation({ ...network, graph: endingAt(network.graph, layer.name) });
  const { input } = network.graph;
  const stream = randomStream(seed, 'activation maximization', layer.name);
  const size = input[0] * input[1] * input[2];
  let images: Float32Array = Float32Array.from({ length: channels * size }, () => NOISE * stream.normal());
  const chosen = new Float32Array(channels * ending.graph.classes);
  for (let channel = 0; channel < channels; channel++)
    chosen[channel * ending.graph.classes + middleUnit(layer.output, channel)] = 1;
  const choice = (): tf.Tensor2D => tf.tensor2d(chosen, [channels, ending.graph.classes]);
  const { mean, std } = statistics;
  const lowest = mean.map((value, at) => -value / (std[at] ?? 1));
  const highest = mean.map((value, at) => (1 - value) / (std[at] ?? 1));
  for (let step = 0; step < steps; step++) {
    images = computedValues(() => {
      const x = imageTensor(network.graph, images);
      const gradient = outputGradient(ending, x, choice());
      const length = tf.sqrt(tf.mean(tf.square(gradient), [1, 2, 3], true));
      const moved = tf.add(tf.mul(x, 1 - DECAY), tf.mul(RATE, tf.div(gradient, tf.add(length, 1e-12))));
      const calmed =
        step % BLUR_EVERY === BLUR_EVERY - 1 && step < steps - 1 ? blur(moved as Tensor4D) : moved;
      return tf.minimum(tf.maximum(calmed, tf.tensor1d(lowest)), tf.tensor1d(highest));
    });
    await pause();
  }
  const activations = computedValues(() => {
    const outputs = logitsOf(ending, imageTensor(network.graph, images));
    return tf.sum(tf.mul(outputs, choice()), 1);
  });
  return {
    images,
    activations: Array.from(activations, (value) => (isRectified(layer) ? Math.max(0, value) : value)),
  };
}

function withoutLastActivation(network: PictureNetwork): PictureNetwork {
  const { graph } = network;
  const layers = graph.layers.map((layer, place) =>
    'activation' in layer && place === graph.layers.length - 1
      ? { ...layer, activation: 'none' as const }
      : layer,
  );
  return { ...network, graph: { ...graph, layers } };
}

/** A quarter of each pixel's weight goes to the pixels beside it, along each axis; what leaves the image is lost. */
function blur(images: Tensor4D): Tensor4D {
  const channels = images.shape[3];
  const row = [0.125, 0.75, 0.125];
  const taps = row.flatMap((a) => row.flatMap((b) => Array<number>(channels).fill(a * b)));
  return tf.depthwiseConv2d(images, tf.tensor4d(taps, [3, 3, channels, 1]), 1, 'same');
}
