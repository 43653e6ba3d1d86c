import { z } from 'zod';

/** How a network is trained. Every field may be a factor of a study, as `training.<field>`. */
export const augmentationSchema = z.enum(['crop', 'flip', 'rotation', 'cutout']);
export type Augmentation = z.infer<typeof augmentationSchema>;

export const recipeSchema = z.strictObject({
  /** Passes over the training part. */
  epochs: z.int().positive().default(10),
  /** Images per step. */
  batch: z.int().positive().default(128),
  optimizer: z.enum(['sgd', 'adam', 'adamw']).default('sgd'),
  momentum: z.number().min(0).lt(1).default(0.9),
  nesterov: z.boolean().default(true),
  /** Adam's decay rates of the first and second moment. */
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  /** The peak learning rate of the schedule. */
  learningRate: z.number().positive().default(0.1),
  schedule: z.enum(['constant', 'step', 'linear', 'cosine', 'one-cycle']).default('one-cycle'),
  /** Epochs of linear warm-up before the schedule; one-cycle has its own rise (`riseShare`). */
  warmup: z.number().min(0).default(0),
  /** `step` only: epochs at which the learning rate is multiplied by `gamma`. */
  milestones: z.array(z.number().positive()).default([]),
  gamma: z.number().positive().max(1).default(0.2),
  /** `one-cycle` only: share of all steps in which the learning rate rises. */
  riseShare: z.number().gt(0).lt(1).default(0.3),
  /** L2 decay of kernels (not of biases and batch norm); decoupled from the gradient with adamw. */
  weightDecay: z.number().min(0).default(5e-4),
  labelSmoothing: z.number().min(0).lt(1).default(0),
  augment: z.array(augmentationSchema).default([]),
  /** Pixels of zero padding on each side for `crop`. */
  cropPadding: z.int().positive().default(4),
  /** Largest angle, in degrees, for `rotation`. */
  rotationDegrees: z.number().positive().max(180).default(15),
  /** Side of the square that `cutout` blanks, in pixels. */
  cutoutSize: z.int().positive().default(8),
});

export type Recipe = z.infer<typeof recipeSchema>;
