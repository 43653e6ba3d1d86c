import { logitsOf, type PictureNetwork } from './picture-network.ts';
import { rowsOfImages } from './rows-of-images.ts';

export interface IntegrationOptions {
  readonly steps: number;
  /** Normalised value of each channel. */
  readonly baseline: readonly number[];
  /** Of the logit of each image, at images; called once for each step. */
  readonly gradients: (images: Float32Array) => Promise<Float32Array>;
}

/**
 * Integrated gradients of one logit of each image (Sundararajan, Taly and Yan, 2017): the gradient along the straight
 * line from a baseline to the image, averaged over the middles of equal steps, times the way.
 *
 * @param images normalised, [n, h, w, c]
 * @returns [n, h, w, c], like the images
 */
export async function integratedGradients(
  images: Float32Array,
  { steps, baseline, gradients }: IntegrationOptions,
): Promise<Float32Array> {
  const sums = new Float64Array(images.length);
  for (let step = 0; step < steps; step++) {
    const gradient = await gradients(pointsAt((step + 0.5) / steps, images, baseline));
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (gradient[at] as number);
  }
  const channels = baseline.length;
  return images.map((value, at) => {
    const way = Math.fround(value - (baseline[at % channels] ?? 0));
    return (way * (sums[at] ?? 0)) / steps;
  });
}

/** The logit of each image less that of the baseline: what its integrated gradients must add up to. */
export function logitDifferences(
  network: PictureNetwork,
  images: Float32Array,
  classes: ArrayLike<number>,
  baseline: readonly number[],
): number[] {
  const [start, end] = [0, 1].map((share) =>
    rowsOfImages(network.graph, pointsAt(share, images, baseline), (points) => logitsOf(network, points)),
  );
  return Array.from(classes, (label, image) => {
    const at = image * network.graph.classes + label;
    return (end?.[at] ?? NaN) - (start?.[at] ?? NaN);
  });
}

/** Images, as far on the way from the baseline. */
function pointsAt(share: number, images: Float32Array, baseline: readonly number[]): Float32Array {
  const points = new Float32Array(images.length);
  for (let at = 0; at < points.length; at++) {
    const from = baseline[at % baseline.length] as number;
    points[at] = from + share * Math.fround((images[at] as number) - from);
  }
  return points;
}

/**
 * How far attributions are from adding up to the differences: sum over the images of |what is missing| divided by the sum
 * of |difference|. An image for itself would not do: its difference may be next to nothing.
 */
export function completenessError(attributions: Float32Array, differences: readonly number[]): number {
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
  const sums = new Float32Array(values.length / channels);
  for (let place = 0; place < sums.length; place++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += values[place * channels + channel] as number;
    sums[place] = sum;
  }
  return sums;
}
