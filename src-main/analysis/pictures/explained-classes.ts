import * as tf from '@tensorflow/tfjs';
import type { ImageBatch } from '../subject.ts';
import { imageTensor } from '../network-tensors.ts';
import { computedIntegers } from '../computed-values.ts';
import { logitsOf, type PictureNetwork } from './picture-network.ts';

/** The class of each image whose logit is explained. */
export function explainedClasses(
  network: PictureNetwork,
  { images, labels }: ImageBatch,
  whose: 'predicted' | 'true',
): Int32Array {
  if (whose === 'true') return Int32Array.from(labels);
  return computedIntegers(() => {
    const logits = logitsOf(network, imageTensor(network.graph, images));
    return tf.argMax(logits, 1);
  });
}
