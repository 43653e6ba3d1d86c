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

/** What a network is given of pictures, [pictures, h, w, c]. @param pictures bytes of each, at the network's input size */
export function normalisedPictures(
  pictures: readonly Uint8Array[],
  { graph, mean, std }: Pick<NetworkCheckpoint, 'graph' | 'mean' | 'std'>,
): Float32Array {
  const table = normalizationTable({ mean, std });
  const shape = graph.input;
  const [height, width, channels] = shape;
  const size = height * width * channels;
  const output = new Float32Array(pictures.length * size);
  for (const [place, images] of pictures.entries())
    writePixels({ images, shape, table, output }, 0, place * size, height * width);
  return output;
}

export function openPredictor(
  network: Pick<NetworkCheckpoint, 'graph' | 'weights' | 'mean' | 'std'>,
  operations: Operations,
): Predictor {
  const { graph, weights } = network;
  const tensors = weightTensors(graph, weights);
  return {
    logits: (pictures) => {
      const input = normalisedPictures(pictures, network);
      return computedValues(
        () => forward(graph, tensors, imageTensor(graph, input), { operations, training: false }).logits,
      );
    },
    close: () => tf.dispose([...tensors.values()]),
  };
}

export interface NamedClass extends PredictedClass {
  readonly name: string;
}

/** All classes with their names, the most likely first. */
export function namedClasses(logits: Float32Array, classes: readonly string[]): NamedClass[] {
  return predictedClasses(logits).map((each) => ({ ...each, name: classes[each.index] ?? '' }));
}

/** All classes, the most likely first. */
export function predictedClasses(logits: Float32Array): PredictedClass[] {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Array.from(logits, (logit, index) => ({ index, probability: Math.exp(logit - largest) / sum })).sort(
    (a, b) => b.probability - a.probability || a.index - b.index,
  );
}
