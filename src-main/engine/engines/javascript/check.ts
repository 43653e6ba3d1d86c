import * as tf from '@tensorflow/tfjs';
import { Problem } from '../../../../src-shared/mistakes/problem.ts';
import type { CheckedEngine } from '../../engine-kind.ts';
import { useJavaScript } from './open.ts';

const PRODUCT = [19, 22, 43, 50];

/** Computes a product. No library is loaded that could crash the process. @throws Problem `engine-invalid` */
export async function checkJavaScript(): Promise<CheckedEngine> {
  await useJavaScript();
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])),
  );
  const found = await product.data();
  product.dispose();
  if (found.length !== PRODUCT.length || PRODUCT.some((value, place) => value !== found[place]))
    throw new Problem(
      'engine-invalid',
      `TensorFlow.js computes wrongly: ${found.join(', ')}, not ${PRODUCT.join(', ')}.`,
    );
  return { version: tf.version.tfjs, gpu: false, devices: ['CPU:0'], checks: [] };
}
