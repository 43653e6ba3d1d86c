import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { randomStream } from '../../../src-shared/random.ts';
import type { Replacement } from './replacement.ts';

/**
 * The output that stands in for another, of the same shape.
 * @param means of the channels
 * @param place number of the batch's first image: the images are exchanged in the same way each time it is asked for
 */
export function replaced(
  output: Tensor4D,
  replacement: Replacement,
  means: ArrayLike<number>,
  place: number,
): Tensor4D {
  switch (replacement) {
    case 'mean':
      return tf.broadcastTo(tf.tensor4d(Array.from(means), [1, 1, 1, output.shape[3]]), output.shape);
    case 'zero':
      return tf.zerosLike(output);
    case 'resample':
      return tf.gather(output, exchange(output.shape[0], place));
  }
}

/**
 * The output with one channel replaced, as `replaced` does with all of them. By products with a mask, as a network has
 * thousands of channels and choosing element by element takes several passes over its largest maps.
 */
export function withChannelReplaced(
  output: Tensor4D,
  channel: number,
  replacement: Replacement,
  means: ArrayLike<number>,
  place: number,
): Tensor4D {
  const only = Float32Array.from({ length: output.shape[3] }, (_, at) => Number(at === channel));
  const others = tf.mul<Tensor4D>(output, tf.tensor1d(only.map((share) => 1 - share)));
  switch (replacement) {
    case 'mean':
      return tf.add(others, tf.tensor1d(only.map((share) => share * (means[channel] ?? NaN))));
    case 'zero':
      return others;
    case 'resample':
      return tf.add(others, tf.mul(replaced(output, 'resample', means, place), tf.tensor1d(only)));
  }
}

/** For each image of a batch another one, each of them once: a random cycle through all (Sattolo, 1986). */
function exchange(count: number, place: number): Tensor1D {
  const order = Int32Array.from({ length: count }, (_, image) => image);
  const stream = randomStream(place, 'exchange of images');
  for (let i = count - 1; i > 0; i--) {
    const j = stream.integer(i);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return tf.tensor1d(order, 'int32');
}
