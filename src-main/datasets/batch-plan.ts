import { Problem } from '../../src-shared/mistakes/problem.ts';
import { type RandomStream, randomStream } from '../../src-shared/random.ts';
import type { AugmentationRecipe, Recipe } from '../../src-shared/studies/recipe.ts';
import { drawVariation, writeVaried } from './augmentation.ts';
import type { ImagePart } from './dataset.ts';
import { openImages } from './image-reader.ts';
import { type KeptPictures, PictureReader, recordOf } from './kept-pictures.ts';
import type { ChannelStatistics } from './normalization.ts';
import { normalizationTable } from './normalization.ts';
import { drawCropWindow, enlargeWindow } from './resized-crop.ts';

export type BatchRecipe = AugmentationRecipe & Pick<Recipe, 'batch' | 'epochs'>;

/** What the batches of a run are a function of. */
export interface BatchPlan {
  readonly part: ImagePart;
  /** Of the part, from which resized crops are cut; null: they are cut from its images. */
  readonly pictures: KeptPictures | null;
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

/** Writes batches; whoever opens one closes it. */
export interface BatchWriter {
  /** The batch of a step; steps count from 0 over all epochs, in any order. */
  write(step: number, images: Float32Array, labels: Int32Array): Promise<void>;
  close(): void;
}

/** The images of one step. */
interface ImagesOfStep {
  /** Into the part; valid until the next step is asked for. */
  readonly indices: Uint32Array;
  /** From which the variation of an image is drawn. */
  readonly streamOf: (index: number) => RandomStream;
}

/**
 * Which images each step shows, and what they are varied by; steps in any order. The order of an epoch is
 * `randomStream(seed, 'order', epoch)`; an image's variation in it is drawn from
 * `randomStream(seed, 'augment', epoch).at(index in the part)`, whatever the batch or its place in it.
 */
export function batchOrder({ indices, recipe, seed }: BatchPlan): (step: number) => ImagesOfStep {
  const perEpoch = stepsPerEpoch(indices.length, recipe.batch);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  let augmentation = randomStream(seed, 'augment', 0);
  const streamOf = (index: number): RandomStream => augmentation.at(index);
  return (step) => {
    const wanted = Math.floor(step / perEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = randomStream(seed, 'order', epoch)
        .permutation(indices.length)
        .map((place) => indices[place] as number);
      augmentation = randomStream(seed, 'augment', epoch);
    }
    const start = (step - epoch * perEpoch) * recipe.batch;
    return { indices: order.subarray(start, start + recipe.batch), streamOf };
  };
}

/** Decodes, varies and normalizes images. */
export function openBatchWriter(plan: BatchPlan): BatchWriter {
  const { part, recipe } = plan;
  const [height, width, channels] = part.shape;
  const size = height * width * channels;
  const varied = openVariedImages(plan);
  const order = batchOrder(plan);
  return {
    write: async (step, images, labels) => {
      const { indices, streamOf } = order(step);
      const decoding: Promise<void>[] = [];
      for (let place = 0; place < recipe.batch; place++) {
        const index = indices[place] as number;
        const written = varied.write(index, streamOf(index), images, place * size);
        if (written) decoding.push(written);
        labels[place] = part.labels[index] as number;
      }
      await Promise.all(decoding);
    },
    close: () => varied.close(),
  };
}

/** Single images as training sees them; whoever opens them closes them. */
export interface VariedImages {
  /** @param to of the first value in `output`. @returns a promise where the image has to be decoded */
  write(index: number, stream: RandomStream, output: Float32Array, to: number): Promise<void> | undefined;
  close(): void;
}

type VariationPlan = Pick<BatchPlan, 'part' | 'pictures' | 'statistics'> & {
  readonly recipe: AugmentationRecipe;
};

/** Varies and normalizes single images, by what is drawn from a stream. */
export function openVariedImages(plan: VariationPlan): VariedImages {
  const { part, recipe } = plan;
  const [height, width] = part.shape;
  const table = normalizationTable(plan.statistics);
  const source = openSource(plan);
  return {
    write: (index, stream, output, to) => {
      const variation = drawVariation(recipe, height, width, stream);
      const task = { from: 0, shape: part.shape, table, output, to };
      const write = (bytes: Uint8Array): void => writeVaried({ ...task, images: bytes }, variation);
      const image = source.image(index, stream);
      if (image instanceof Promise) return image.then(write);
      write(image);
      return undefined;
    },
    close: () => source.close(),
  };
}

/** Where the bytes of images come from before they are varied. */
interface ImageSource {
  /** Valid until the next one is asked for. @param stream from which a crop is drawn */
  image(index: number, stream: RandomStream): Uint8Array | Promise<Uint8Array>;
  close(): void;
}

function openSource({ part, pictures, recipe }: VariationPlan): ImageSource {
  if (!recipe.augment.includes('resized-crop')) {
    const images = openImages(part);
    return { image: (index) => images.at(index), close: () => images.close() };
  }
  return pictures === null ? cropsOfImages(part, recipe) : cropsOfPictures(part, pictures, recipe);
}

function cropsOfImages(part: ImagePart, { cropScale }: AugmentationRecipe): ImageSource {
  const { shape } = part;
  const [height, width, channels] = shape;
  const images = openImages(part);
  const crop = new Uint8Array(height * width * channels);
  return {
    image: (index, stream) => {
      enlargeWindow(images.at(index), shape, drawCropWindow(cropScale, { width, height }, stream), crop);
      return crop;
    },
    close: () => images.close(),
  };
}

/** Decoded by the threads of the image library. */
function cropsOfPictures(
  { shape }: ImagePart,
  pictures: KeptPictures,
  { cropScale }: AugmentationRecipe,
): ImageSource {
  const reader = new PictureReader(pictures);
  // loaded only where pictures are decoded
  const decoder = import('./decode-window.ts');
  return {
    image: async (index, stream) => {
      const { width, height } = recordOf(pictures, index);
      const window = drawCropWindow(cropScale, { width, height }, stream);
      const { decodeWindow } = await decoder;
      return decodeWindow(reader.read(index), { width, height, window, shape });
    },
    close: () => reader.close(),
  };
}
