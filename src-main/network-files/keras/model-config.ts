import { z } from 'zod';
import { BATCH_NORM } from '../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { Unreadable } from './hdf5-file.ts';

const layerSchema = z.object({
  class_name: z.string(),
  config: z.object({
    name: z.string(),
    epsilon: z.number().optional(),
    scale: z.boolean().optional(),
    center: z.boolean().optional(),
  }),
});
export type KerasLayer = z.output<typeof layerSchema>;

const modelSchema = z.object({ config: z.object({ layers: z.array(layerSchema) }) });

/** The layers of a model, in its order. @throws Unreadable for a text that describes no model of layers */
export function layersOf(text: string): KerasLayer[] {
  try {
    return modelSchema.parse(JSON.parse(text)).config.layers;
  } catch (error) {
    throw new Unreadable('it does not describe the layers of a model', { cause: error });
  }
}

/** That of `keras.layers.BatchNormalization` where a file does not say. */
const USUAL_EPSILON = 1e-3;

/** The variance for which our batch norm computes what the model's does. */
export function withOurEpsilon(tensor: NamedTensor, epsilon = USUAL_EPSILON): NamedTensor {
  return { ...tensor, values: tensor.values.map((value) => value + epsilon - BATCH_NORM.epsilon) };
}
