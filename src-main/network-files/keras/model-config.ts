import { z } from 'zod';
import { BATCH_NORM } from '../../../src-shared/networks/layers/parts/batch-norm.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import type { SourceProgram } from '../program/source-program.ts';
import { Unreadable } from './hdf5-file.ts';

const pair = z.tuple([z.number(), z.number()]);
const configSchema = z.object({
  name: z.string(),
  epsilon: z.number().optional(),
  scale: z.boolean().optional(),
  center: z.boolean().optional(),
  kernel_size: pair.optional(),
  pool_size: pair.optional(),
  strides: pair.optional(),
  padding: z.union([z.string(), z.tuple([pair, pair])]).optional(),
  dilation_rate: pair.optional(),
  data_format: z.string().nullish(),
  /** A name, or the description of one's own function. */
  activation: z
    .union([z.string(), z.record(z.string(), z.unknown()).transform((own) => JSON.stringify(own))])
    .nullish(),
  max_value: z.number().nullish(),
  negative_slope: z.number().nullish(),
  threshold: z.number().nullish(),
  target_shape: z.array(z.number()).optional(),
  batch_shape: z.array(z.number().nullable()).nullish(),
  batch_input_shape: z.array(z.number().nullable()).nullish(),
});
export type KerasConfig = z.output<typeof configSchema>;

const layerSchema = z.object({
  class_name: z.string(),
  config: configSchema,
  /** What it reads; a sequential model does not say. */
  inbound_nodes: z.unknown().optional(),
});
export type KerasLayer = z.output<typeof layerSchema>;

const modelSchema = z.object({ config: z.object({ layers: z.array(layerSchema) }) });

export interface KerasModel {
  readonly tensors: readonly NamedTensor[];
  /** Null where the file has weights alone. */
  readonly program: SourceProgram | null;
}

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
