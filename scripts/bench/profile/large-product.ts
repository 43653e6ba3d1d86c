import * as tf from '@tensorflow/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { TracedEngine } from './traced-engine.ts';

/** Of a product that is long enough to be measured beside the reading of its result. */
const LEAST_MILLISECONDS = 20;
const REPEATS = 7;

/** FLOP/s of a product of square matrices, larger ones until it takes long enough; the result is waited for. */
export async function flopsOfLargeProduct({
  product,
  sides: [side, most],
}: Pick<TracedEngine, 'product' | 'sides'>): Promise<number> {
  const random = (): Tensor2D => tf.randomNormal<tf.Rank.R2>([side, side]);
  const [a, b] = [random(), random()];
  const seconds: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const began = performance.now();
    const corner = tf.tidy(() => tf.slice(tf.reshape(product(a, b), [side, side]), [0, 0], [1, 1]));
    await corner.data();
    seconds.push((performance.now() - began) / 1000);
    corner.dispose();
  }
  tf.dispose([a, b]);
  const shortest = Math.min(...seconds);
  const isLongEnough = shortest * 1000 >= LEAST_MILLISECONDS || 2 * side > most;
  return isLongEnough
    ? (2 * side ** 3) / shortest
    : flopsOfLargeProduct({ product, sides: [2 * side, most] });
}
