import { Problem } from '../../src-shared/mistakes/problem.ts';
import { randomStream } from '../../src-shared/random.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';
import type { AugmentationRecipe } from './augmentation.ts';
import { drawVariation, writeVaried } from './augmentation.ts';
import type { ImagePart } from './dataset.ts';
import type { ChannelStatistics } from './normalization.ts';
import { normalizationTable } from './normalization.ts';

export type BatchRecipe = AugmentationRecipe & Pick<Recipe, 'batch' | 'epochs'>;

/** What the batches of a run are a function of. */
export interface BatchPlan {
  readonly part: ImagePart;
  /** Indices into the part, after the validation cut. */
  readonly indices: Uint32Array;
  readonly recipe: BatchRecipe;
  readonly seed: number;
  readonly statistics: ChannelStatistics;
}

/**
 * Steps in an epoch: whole batches only, so that all steps have one shape. The images left over differ from
 * epoch to epoch, since each has its own order.
 * @throws Problem `data-invalid` if there are fewer images than a batch holds
 */
export function stepsPerEpoch(images: number, batch: number): number {
  if (images < batch) {
    throw new Problem(
      'data-invalid',
      `training.batch is ${batch}, but there are only ${images} training images; use a batch of at most ${images}`,
    );
  }
  return Math.floor(images / batch);
}

/** Writes the batch of a step; steps count from 0 over all epochs, in any order. */
export type BatchWriter = (step: number, images: Float32Array, labels: Int32Array) => void;

/**
 * The order of an epoch is `randomStream(seed, 'order', epoch)`; an image's variation in it is drawn from
 * `randomStream(seed, 'augment', epoch).at(index in the part)`, whatever the batch or its place in it.
 */
export function batchWriter(plan: BatchPlan): BatchWriter {
  const { part, indices, recipe, seed } = plan;
  const [height, width, channels] = part.shape;
  const size = height * width * channels;
  const perEpoch = stepsPerEpoch(indices.length, recipe.batch);
  const table = normalizationTable(plan.statistics);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  let augmentation = randomStream(seed, 'augment', 0);
  return (step, images, labels) => {
    const wanted = Math.floor(step / perEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = randomStream(seed, 'order', epoch).permutation(indices.length);
      augmentation = randomStream(seed, 'augment', epoch);
    }
    const start = (step - epoch * perEpoch) * recipe.batch;
    for (let place = 0; place < recipe.batch; place++) {
      const index = indices[order[start + place] as number] as number;
      const variation = drawVariation(recipe, height, width, augmentation.at(index));
      const task = { images: part.images, from: index * size, shape: part.shape, table };
      writeVaried({ ...task, output: images, to: place * size }, variation);
      labels[place] = part.labels[index] as number;
    }
  };
}
