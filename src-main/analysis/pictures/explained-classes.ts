import * as tf from '@tensorflow/tfjs';
import type { ImageBatch } from '../subject.ts';
import { logitsOf, type PictureNetwork } from './picture-network.ts';
import { rowsOfImages } from './rows-of-images.ts';

/** The class of each image whose logit is explained. */
export function explainedClasses(
  network: PictureNetwork,
  { images, labels }: Pick<ImageBatch, 'images' | 'labels'>,
  whose: 'predicted' | 'true',
): Int32Array {
  if (whose === 'true') return Int32Array.from(labels);
  const predicted = rowsOfImages(network.graph, images, (pixels) =>
    // a class is a whole number that a float32 holds
    tf.cast(tf.argMax(logitsOf(network, pixels), 1), 'float32'),
  );
  return Int32Array.from(predicted);
}
