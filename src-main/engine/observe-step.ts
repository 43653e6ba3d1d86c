import * as tf from '@tensorflow/tfjs';
import type { Tensor1D } from '@tensorflow/tfjs';
import type { BatchImages } from '../../src-shared/training/image-bytes.ts';
import { tensors } from './eager-training.ts';
import type { TrainingBatch } from './engine.ts';
import { imageShapes, imageValues, stepShapes, stepValues } from './program-values.ts';
import type { TrainingProgram } from './training-program.ts';

/*
 * What a step computes on its way, computed once more beside it, eagerly, on any engine: what trains is not touched, and gives the same
 * bits whether it is looked at or not. Programs are of one network.
 */

/**
 * The gradient of the loss in the order of the parameters, without weight decay.
 * @param state as the step finds it
 */
export async function gradientOf(
  program: TrainingProgram,
  state: readonly Float32Array[],
  batch: TrainingBatch,
): Promise<Float32Array> {
  const inputs = tensors(program, stepValues([batch], program), stepShapes(program, batch.labels.length));
  const vectors = weightVectors(program, state);
  const gradient = program.gradient(inputs, vectors);
  try {
    return (await gradient.data<'float32'>()).slice();
  } finally {
    tf.dispose([inputs, vectors, gradient]);
  }
}

export interface ObservedImages {
  readonly images: BatchImages;
  readonly count: number;
  /** Of the dropout: the run's, and the step's number. */
  readonly seed: number;
  readonly step: number;
}

/**
 * Gives each layer with weights its outputs for these images, in the order of the network.
 * @param onLayer awaited before the next one
 */
export async function observeActivations(
  program: TrainingProgram,
  state: readonly Float32Array[],
  { images, count, seed, step }: ObservedImages,
  onLayer: (layer: string, values: Float32Array) => Promise<void>,
): Promise<void> {
  const inputs = tensors(
    program,
    { ...imageValues(images), dropoutSeed: Int32Array.of(seed, step) },
    { ...imageShapes(program, count), dropoutSeed: [2] },
  );
  const vectors = weightVectors(program, state);
  const outputs = program.activations(inputs, vectors);
  try {
    for (const [layer, output] of outputs) await onLayer(layer, await output.data<'float32'>());
  } finally {
    tf.dispose([inputs, vectors, ...outputs.values()]);
  }
}

/** Of the state what the forward pass needs: no slots of the optimizer. */
function weightVectors({ layout }: TrainingProgram, state: readonly Float32Array[]): Tensor1D[] {
  return state.slice(0, layout.statisticCount > 0 ? 2 : 1).map((values) => tf.tensor1d(values, 'float32'));
}
