import { z } from 'zod';
import { field } from '../fields/field.ts';

/** How a network is trained. Every field may be a factor of a study, as `training.<field>`. */
export const augmentationSchema = z.enum(['crop', 'flip', 'rotation', 'cutout']);
export type Augmentation = z.infer<typeof augmentationSchema>;

export const recipeSchema = z.strictObject({
  epochs: field(z.int().positive().default(10), {
    ...{ title: 'epochs', about: 'passes over the training images' },
  }),
  batch: field(z.int().positive().default(128), {
    ...{ title: 'batch size', short: 'batch', about: 'images in a step' },
  }),
  optimizer: field(z.enum(['sgd', 'adam', 'adamw']).default('sgd'), {
    ...{ title: 'optimizer', about: 'how a gradient becomes a change of the weights' },
  }),
  momentum: field(z.number().min(0).lt(1).default(0.9), {
    ...{ title: 'momentum', about: 'of sgd: share of the last change that goes on' },
  }),
  nesterov: field(z.boolean().default(true), {
    ...{ title: 'Nesterov momentum', short: 'nesterov', about: 'of sgd: momentum looks one step ahead' },
  }),
  beta1: field(z.number().min(0).lt(1).default(0.9), {
    ...{ title: 'beta 1', short: 'β₁', about: 'of adam and adamw: decay rate of the first moment' },
  }),
  beta2: field(z.number().min(0).lt(1).default(0.999), {
    ...{ title: 'beta 2', short: 'β₂', about: 'of adam and adamw: decay rate of the second moment' },
  }),
  learningRate: field(z.number().positive().default(0.1), {
    ...{ title: 'learning rate', short: 'lr', aliases: ['lr'], about: 'the peak of the schedule' },
  }),
  schedule: field(z.enum(['constant', 'step', 'linear', 'cosine', 'one-cycle']).default('one-cycle'), {
    ...{ title: 'schedule', about: 'of the learning rate, over the steps' },
  }),
  warmup: field(z.number().min(0).default(0), {
    title: 'warm-up',
    about: 'epochs of linear rise to the full learning rate before the schedule; not with one-cycle',
  }),
  milestones: field(z.array(z.number().positive()).default([]), {
    ...{ title: 'milestones', about: 'of step: epochs at which the learning rate is multiplied by `gamma`' },
  }),
  gamma: field(z.number().positive().max(1).default(0.2), {
    ...{ title: 'gamma', about: 'of step: what the learning rate is multiplied by' },
  }),
  riseShare: field(z.number().gt(0).lt(1).default(0.3), {
    ...{ title: 'rise share', about: 'of one-cycle: share of the steps in which the learning rate rises' },
  }),
  weightDecay: field(z.number().min(0).default(5e-4), {
    ...{ title: 'weight decay', short: 'wd', aliases: ['wd'] },
    about: 'L2, of kernels, not of biases and batch norm; decoupled from the gradient with adamw',
  }),
  labelSmoothing: field(z.number().min(0).lt(1).default(0), {
    ...{ title: 'label smoothing', short: 'smoothing' },
    about: 'share of the target that is spread evenly over all classes',
  }),
  augment: field(z.array(augmentationSchema).default([]), {
    ...{ title: 'augmentation', short: 'augment', about: 'random changes of each training image' },
  }),
  cropPadding: field(z.int().positive().default(4), {
    ...{ title: 'crop padding', about: 'pixels of zeros on each side, for crop' },
  }),
  rotationDegrees: field(z.number().positive().max(180).default(15), {
    ...{ title: 'rotation', about: 'the largest angle in degrees, for rotation' },
  }),
  cutoutSize: field(z.int().positive().default(8), {
    ...{ title: 'cutout size', about: 'side in pixels of the square that cutout blanks' },
  }),
});

export type Recipe = z.infer<typeof recipeSchema>;
