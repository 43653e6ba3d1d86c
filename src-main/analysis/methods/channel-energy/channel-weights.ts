import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { batchSize } from '../../compute-features.ts';
import { batchesOf } from '../../evaluation-set.ts';
import { imageTensor } from '../../network-tensors.ts';
import { channelGradients } from '../../pictures/channel-gradients.ts';
import { explainedClasses } from '../../pictures/explained-classes.ts';
import { guidedNetwork } from '../../pictures/guided-network.ts';
import { withNetwork } from '../../pictures/picture-network.ts';
import type { Subject, WeightValues } from '../../subject.ts';

export interface Weighting {
  readonly images: number;
  readonly gradients: 'guided' | 'plain';
  /** Whose logit the gradients are of; the class predicted with these weights, or the true one. */
  readonly logit: 'predicted' | 'true';
}

/** By layer what each image's channels count, from 0 to 1, [images, c]. */
export type ChannelWeights = ReadonlyMap<string, Float32Array>;

/**
 * Mean gradients of a logit with respect to the channels, scaled over all images and channels of a layer: its least is 0, its
 * greatest 1. Zeros where all are alike.
 * @param step awaited after each batch, told the share that is done
 */
export async function channelWeights(
  subject: Subject,
  values: WeightValues,
  weighting: Weighting,
  step: (share: number) => Promise<void>,
): Promise<ChannelWeights> {
  const set = subject.evaluationSet(weighting.images);
  const { layers } = subject;
  const means = layers.map(({ output: [, , channels] }) => new Float32Array(set.count * channels));
  await withNetwork(subject, values, async (plain) => {
    const network = weighting.gradients === 'guided' ? guidedNetwork(plain) : plain;
    for (const { start, end, batch } of batchesOf(set, batchSize(subject.graph))) {
      const classes = explainedClasses(plain, batch, weighting.logit);
      tf.tidy(() => {
        const chosen = tf.oneHot(tf.tensor1d(classes), subject.graph.classes, 1, 0, 'float32') as Tensor2D;
        const found = channelGradients(network, imageTensor(network.graph, batch.images), chosen, layers);
        for (const [place, gradient] of found.entries())
          means[place]?.set(gradient.dataSync<'float32'>(), start * gradient.shape[1]);
      });
      await step(end / set.count);
    }
  });
  return new Map(layers.map(({ name }, place) => [name, scaled(means[place] ?? new Float32Array())]));
}

function scaled(values: Float32Array): Float32Array {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
}
