import * as tf from '@tensorflow/tfjs';
import {
  PUBLISHED_NORMALIZATION,
  type PublishedNetwork,
} from '../../compression/published/published-network.ts';
import { normalizationTable } from '../../datasets/normalization.ts';
import { forward } from '../../engine/model.ts';
import type { Operations } from '../../engine/operations.ts';
import { computedValues } from '../computed-values.ts';
import { weightTensors } from '../network-tensors.ts';

export interface LikelyClass {
  /** Counted from 0, in the order of ImageNet's 1,000 classes (their WordNet ids, ascending). */
  readonly index: number;
  /** Softmax of the logits. */
  readonly probability: number;
}

/**
 * The logits of a picture.
 * @param pixels bytes [227, 227, 3], red, green, blue
 * @returns [1000]
 */
export function publishedLogits(
  { graph, weights }: PublishedNetwork,
  operations: Operations,
  pixels: Uint8Array,
): Float32Array {
  const table = normalizationTable(PUBLISHED_NORMALIZATION);
  const input = Float32Array.from(pixels, (byte, at) => table[(at % 3) * 256 + byte] ?? 0);
  return computedValues(() => {
    const images = tf.tensor4d(input, [1, ...graph.input]);
    const options = { operations, training: false };
    return forward(graph, weightTensors(graph, weights), images, options).logits;
  });
}

/** The most likely classes, the first one first. */
export function likelyClasses(logits: Float32Array, count: number): LikelyClass[] {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Array.from(logits, (logit, index) => ({ index, probability: Math.exp(logit - largest) / sum }))
    .sort((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, count);
}
