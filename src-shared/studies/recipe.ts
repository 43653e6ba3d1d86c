import { andList } from '../lists.ts';
import { z } from 'zod';
import { field } from '../fields/field.ts';
import {
  optimizerFields,
  optimizerNames,
  OPTIMIZERS,
  optimizersWith,
} from '../training/optimizers/registry.ts';

/** How a network is trained. Every field may be a factor of a study, as `training.<field>`. */
const augmentationSchema = z.enum(['crop', 'flip', 'rotation', 'cutout', 'resized-crop']);
export type Augmentation = z.infer<typeof augmentationSchema>;

/** Of the products of a training step. */
const precisionSchema = z.enum(['float32', 'bfloat16']);
export type Precision = z.infer<typeof precisionSchema>;

const decoupled = andList(OPTIMIZERS.filter(({ decoupledDecay }) => decoupledDecay).map(({ name }) => name));

export const recipeSchema = z.strictObject({
  epochs: field(z.int().positive().default(10), {
    ...{ title: 'epochs', about: 'passes over the training images' },
  }),
  batch: field(z.int().positive().default(128), {
    ...{ title: 'batch size', short: 'batch', about: 'images in a step' },
  }),
  optimizer: field(z.enum(optimizerNames).default('sgd'), {
    ...{ title: 'optimizer', about: 'rule that turns gradients into weight updates' },
  }),
  ...optimizerFields,
  learningRate: field(z.number().positive().default(0.1), {
    ...{ title: 'learning rate', short: 'lr', aliases: ['lr'], about: 'the peak of the schedule' },
  }),
  schedule: field(z.enum(['constant', 'step', 'linear', 'cosine', 'one-cycle']).default('one-cycle'), {
    ...{ title: 'schedule', about: 'learning rate over the steps' },
  }),
  warmup: field(z.number().min(0).default(0), {
    title: 'warm-up',
    about: 'epochs in which the learning rate rises linearly before the schedule starts; not with one-cycle',
  }),
  milestones: field(z.array(z.number().positive()).default([]), {
    ...{
      title: 'milestones',
      about: 'step schedule: epochs at which the learning rate is multiplied by `gamma`',
    },
  }),
  gamma: field(z.number().positive().max(1).default(0.2), {
    ...{ title: 'gamma', about: 'step schedule: factor by which the learning rate is multiplied' },
  }),
  riseShare: field(z.number().gt(0).lt(1).default(0.3), {
    ...{
      title: 'rise share',
      about: 'one-cycle schedule: share of the steps in which the learning rate rises',
    },
  }),
  weightDecay: field(z.number().min(0).default(5e-4), {
    ...{ title: 'weight decay', short: 'wd', aliases: ['wd'] },
    about: `L2 penalty on kernels, not on biases and batch norm; decoupled from the gradient with ${decoupled}`,
  }),
  labelSmoothing: field(z.number().min(0).lt(1).default(0), {
    ...{ title: 'label smoothing', short: 'smoothing' },
    about: 'share of the target distribution spread evenly over all classes',
  }),
  augment: field(z.array(augmentationSchema).default([]), {
    ...{ title: 'augmentation', short: 'augment', about: 'random changes of each training image' },
  }),
  cropScale: field(z.number().gt(0).max(1).default(0.08), {
    ...{ title: 'crop scale', about: 'smallest share of the area that a resized crop shows' },
  }),
  cropPadding: field(z.int().positive().default(4), {
    ...{ title: 'crop padding', about: 'pixels of zero padding on each side, for crop' },
  }),
  rotationDegrees: field(z.number().positive().max(180).default(15), {
    ...{ title: 'rotation', about: 'largest angle in degrees, for rotation' },
  }),
  cutoutSize: field(z.int().positive().default(8), {
    ...{ title: 'cutout size', about: 'side in pixels of the square blanked by cutout' },
  }),
  precision: field(precisionSchema.default('float32'), {
    title: 'precision',
    about:
      'of the products in a training step; with bfloat16 weights, statistics and evaluation stay float32 (engines of TensorFlow only)',
  }),
});

export type Recipe = z.infer<typeof recipeSchema>;

const DEFAULTS = recipeSchema.parse({});

/** A recipe that an earlier version kept: what it lacks came later, with what that version did as its default. */
export function completeRecipe(kept: Partial<Recipe>): Recipe {
  return { ...DEFAULTS, ...kept };
}

/** The part of a recipe that says how images are varied. */
export const augmentationRecipeSchema = recipeSchema.pick({
  ...{ augment: true, cropScale: true, cropPadding: true, rotationDegrees: true, cutoutSize: true },
});
export type AugmentationRecipe = z.infer<typeof augmentationRecipeSchema>;

/** Whether what is done to images can be said by the `variations` of their bytes: they are neither turned nor shown at another scale. */
export function variesAsBytes(augment: readonly Augmentation[]): boolean {
  return !augment.includes('rotation') && !augment.includes('resized-crop');
}

/** Fields of optimizers that count in every cell's id, whatever its optimizer: stores hold such ids. */
const ALWAYS_COUNTED: readonly string[] = ['momentum', 'nesterov', 'beta1', 'beta2'];

/**
 * What identifies a recipe: without the fields of other optimizers, of resized crops where there are none, and the precision that
 * was the only one, so that what is new leaves known cells as they are.
 */
export function computedFields(recipe: Recipe): Partial<Recipe> {
  const own = (name: string): boolean => {
    if (name === 'cropScale') return recipe.augment.includes('resized-crop');
    if (name === 'precision') return recipe.precision !== 'float32';
    const owners = optimizersWith(name);
    return owners.length === 0 || owners.includes(recipe.optimizer) || ALWAYS_COUNTED.includes(name);
  };
  return Object.fromEntries(Object.entries(recipe).filter(([name]) => own(name)));
}
