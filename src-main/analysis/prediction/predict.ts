import * as tf from '@tensorflow/tfjs';
import type { NetworkCheckpoint } from '../../checkpoints/network-checkpoint.ts';
import { normalizationTable, writePixels } from '../../datasets/normalization.ts';
import { forward } from '../../engine/model.ts';
import type { Operations } from '../../engine/operations.ts';
import { computedValues } from '../computed-values.ts';
import { imageTensor, weightTensors } from '../network-tensors.ts';

export interface PredictedClass {
  /** Counted from 0, in the order of the network's classes. */
  readonly index: number;
  /** Softmax of the logits. */
  readonly probability: number;
}

/** A network with its weights on the engine, until it is closed. */
export interface Predictor {
  /**
   * The logits of pictures.
   * @param pictures bytes of each, as `readPicture` makes them
   * @returns [pictures, classes]
   */
  logits(pictures: readonly Uint8Array[]): Float32Array;
  close(): void;
}

export function openPredictor(
  { graph, weights, mean, std }: Pick<NetworkCheckpoint, 'graph' | 'weights' | 'mean' | 'std'>,
  operations: Operations,
): Predictor {
  const table = normalizationTable({ mean, std });
  const shape = graph.input;
  const [height, width, channels] = shape;
  const size = height * width * channels;
  const tensors = weightTensors(graph, weights);
  return {
    logits: (pictures) => {
      const input = new Float32Array(pictures.length * size);
      for (const [place, images] of pictures.entries())
        writePixels({ images, shape, table, output: input }, 0, place * size, height * width);
      return computedValues(
        () => forward(graph, tensors, imageTensor(graph, input), { operations, training: false }).logits,
      );
    },
    close: () => tf.dispose([...tensors.values()]),
  };
}

/** All classes, the most likely first. */
export function predictedClasses(logits: Float32Array): PredictedClass[] {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Array.from(logits, (logit, index) => ({ index, probability: Math.exp(logit - largest) / sum })).sort(
    (a, b) => b.probability - a.probability || a.index - b.index,
  );
}
