import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import type { EvaluationSet } from '../subject.ts';
import { imageTensor } from '../network-tensors.ts';
import { layerOutputs, type PictureNetwork } from './picture-network.ts';
import { batchesOf } from '../evaluation-set.ts';

/** How strongly, and where, each channel of a layer answers to each image. */
export interface LayerMaxima {
  readonly channels: number;
  /** [images, channels]: the largest output over all places. */
  readonly values: Float32Array;
  /** [images, channels]: its place, row by row. */
  readonly places: Int32Array;
}

/** An image that excites a channel. */
export interface StrongImage {
  /** Place in the set. */
  readonly image: number;
  readonly value: number;
  readonly row: number;
  readonly column: number;
}

const BATCH = 100;

/** @param pause awaited after each batch */
export async function layerMaxima(
  network: PictureNetwork,
  set: EvaluationSet,
  layers: readonly Layer[],
  pause: () => Promise<void>,
): Promise<ReadonlyMap<string, LayerMaxima>> {
  const maxima = new Map(
    layers.map(({ name, output: [, , channels] }) => [
      name,
      {
        channels,
        values: new Float32Array(set.count * channels),
        places: new Int32Array(set.count * channels),
      },
    ]),
  );
  for (const { start, batch } of batchesOf(set, BATCH)) {
    tf.tidy(() => {
      for (const [name, output] of layerOutputs(network, imageTensor(network.graph, batch.images))) {
        const found = maxima.get(name);
        if (found === undefined) continue;
        const [count, height, width, channels] = output.shape;
        const flat = tf.reshape<tf.Rank.R3>(output, [count, height * width, channels]);
        found.values.set(tf.max<Tensor2D>(flat, 1).dataSync<'float32'>(), start * channels);
        found.places.set(tf.argMax<Tensor2D>(flat, 1).dataSync<'int32'>(), start * channels);
      }
    });
    await pause();
  }
  return maxima;
}

/** The images that excite a channel most, the strongest first; none for a channel that is never above zero. */
export function strongestImages(
  { channels, values, places }: LayerMaxima,
  channel: number,
  width: number,
  count: number,
): StrongImage[] {
  return Array.from({ length: values.length / channels }, (_, image) => {
    const at = image * channels + channel;
    const place = places[at] ?? 0;
    return { image, value: values[at] ?? 0, row: Math.floor(place / width), column: place % width };
  })
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.image - b.image)
    .slice(0, count);
}

/**
 * The channels with the greatest sums of their strongest responses, the greatest first; those that are never above zero are
 * not among them.
 * @param top number of images whose responses are summed
 */
export function strongestChannels(
  maxima: LayerMaxima,
  { width, top, count }: { readonly width: number; readonly top: number; readonly count: number },
): number[] {
  return Array.from({ length: maxima.channels }, (_, channel) => ({
    channel,
    sum: strongestImages(maxima, channel, width, top).reduce((sum, { value }) => sum + value, 0),
  }))
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum || a.channel - b.channel)
    .slice(0, count)
    .map(({ channel }) => channel);
}

/** Share of the images that belong to the class that is most frequent among them; null of none. */
export function classPurity(images: readonly StrongImage[], labels: ArrayLike<number>): number | null {
  const counts = new Map<number, number>();
  for (const { image } of images) {
    const label = labels[image] ?? 0;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return images.length === 0 ? null : Math.max(...counts.values()) / images.length;
}

/** Mean purity over the channels of a layer that are ever above zero; null where none is. */
export function meanPurity(
  maxima: LayerMaxima,
  labels: ArrayLike<number>,
  width: number,
  count: number,
): number | null {
  const purities = Array.from({ length: maxima.channels }, (_, channel) =>
    classPurity(strongestImages(maxima, channel, width, count), labels),
  ).filter((purity) => purity !== null);
  return purities.length === 0 ? null : purities.reduce((sum, purity) => sum + purity, 0) / purities.length;
}
