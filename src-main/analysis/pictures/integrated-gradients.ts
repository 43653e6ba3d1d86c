import * as tf from '@tensorflow/tfjs';
import { logitGradient } from './logit-gradient.ts';
import { computedValues } from '../computed-values.ts';
import { imageTensor } from '../network-tensors.ts';
import { logitsOf, type PictureNetwork } from './picture-network.ts';

export interface IntegratedGradients {
  /** [n, h, w, c], like the images. */
  readonly attributions: Float32Array;
  /** The logit of each image less that of the baseline: what its attributions must add up to. */
  readonly differences: readonly number[];
}

/**
 * Integrated gradients of one logit of each image (Sundararajan, Taly and Yan, 2017): the gradient along the straight
 * line from a baseline to the image, averaged over the middles of equal steps, times the way.
 *
 * @param images normalised, [n, h, w, c]
 * @param baseline normalised value of each channel
 * @param pause awaited after each step
 */
export async function integratedGradients(
  network: PictureNetwork,
  images: Float32Array,
  classes: ArrayLike<number>,
  { steps, baseline }: { readonly steps: number; readonly baseline: readonly number[] },
  pause: () => Promise<void>,
): Promise<IntegratedGradients> {
  const sums = new Float64Array(images.length);
  const channels = baseline.length;
  const ways = images.map((value, at) => value - (baseline[at % channels] ?? 0));
  const pointAt = (share: number): Float32Array =>
    ways.map((way, at) => (baseline[at % channels] ?? 0) + share * way);
  for (let step = 0; step < steps; step++) {
    const gradient = inputGradients(network, pointAt((step + 0.5) / steps), classes);
    for (const [at, value] of gradient.entries()) sums[at] = (sums[at] ?? 0) + value;
    await pause();
  }
  const [start, end] = [0, 1].map((share) => chosenLogits(network, pointAt(share), classes));
  return {
    attributions: ways.map((way, at) => (way * (sums[at] ?? 0)) / steps),
    differences: Array.from(classes, (_, image) => (end?.[image] ?? NaN) - (start?.[image] ?? NaN)),
  };
}

/** Gradient of one logit of each image with respect to the image, [n, h, w, c]. */
export function inputGradients(
  network: PictureNetwork,
  images: Float32Array,
  classes: ArrayLike<number>,
): Float32Array {
  const { graph } = network;
  const input = graph.layers[0]?.name ?? '';
  return computedValues(() => {
    const outputs = new Map([[input, imageTensor(graph, images)]]);
    return logitGradient(network, outputs, input, classes);
  });
}

/**
 * How far attributions are from adding up to the differences: sum over the images of |what is missing| divided by the sum
 * of |difference|. An image for itself would not do: its difference may be next to nothing.
 */
export function completenessError({ attributions, differences }: IntegratedGradients): number {
  const size = attributions.length / differences.length;
  let missing = 0;
  let total = 0;
  for (const [image, difference] of differences.entries()) {
    const sum = attributions
      .subarray(image * size, (image + 1) * size)
      .reduce((before, value) => before + value, 0);
    missing += Math.abs(sum - difference);
    total += Math.abs(difference);
  }
  return missing / total;
}

/** What each place of an image contributes: the sum over its channels, [n h w]. */
export function sumOverChannels(values: Float32Array, channels: number): Float32Array {
  return Float32Array.from({ length: values.length / channels }, (_, place) =>
    values.subarray(place * channels, (place + 1) * channels).reduce((sum, value) => sum + value, 0),
  );
}

function chosenLogits(network: PictureNetwork, images: Float32Array, classes: ArrayLike<number>): number[] {
  const logits = tf.tidy(() => logitsOf(network, imageTensor(network.graph, images)).arraySync());
  return logits.map((row, image) => row[classes[image] ?? 0] ?? NaN);
}
