import {
  type HoldImages,
  type ImageBytes,
  type ImageMemory,
  VARIATION_NUMBERS,
} from '../../src-shared/training/image-bytes.ts';
import { type AugmentationRecipe, variesAsBytes } from '../../src-shared/studies/recipe.ts';
import { blankedBy, drawVariation, type Variation } from './augmentation.ts';
import { batchOrder, type BatchPlan, stepsPerEpoch } from './batch-plan.ts';
import type { BatchSource } from './batch-source.ts';
import type { ImagePart, ImagesInFile, ImagesInMemory } from './dataset.ts';
import { openImages } from './image-reader.ts';
import { type ChannelStatistics, normalizationTable } from './normalization.ts';

const UNVARIED: Variation = { shiftY: 0, shiftX: 0, flip: false, angle: 0, cutout: null };

/**
 * Whether batches can be made as bytes: images in memory, which are neither turned nor cut at another scale. An engine that takes
 * bytes makes the same values of them as `writeVaried`.
 */
export function canBeBytes(part: ImagePart, { augment }: AugmentationRecipe): boolean {
  return 'images' in part && variesAsBytes(augment);
}

/**
 * The batches of a run as bytes, made where they are taken: a batch says only where its images lie and how they are varied. It is the
 * taker's own. They show the images of `openBatchSource`, varied alike.
 * @throws Problem `data-invalid` if there are fewer images than a batch holds
 */
export function openByteSource(
  plan: BatchPlan & { readonly startStep?: number },
  hold: HoldImages,
): BatchSource<ImageBytes> {
  const { part, recipe, startStep = 0 } = plan;
  const [height, width] = part.shape;
  const perEpoch = stepsPerEpoch(plan.indices.length, recipe.batch);
  const totalSteps = perEpoch * recipe.epochs;
  const order = batchOrder(plan);
  const batches = new ByteBatches(part, recipe.batch, plan.statistics, hold);
  // each image draws from a stream of its own: where nothing is varied none is needed
  const isVaried = recipe.augment.length > 0;
  let step = startStep - 1;
  let milliseconds = 0;
  return {
    stepsPerEpoch: perEpoch,
    totalSteps,
    get preparationSeconds() {
      return milliseconds / 1000;
    },
    ready: () => Promise.resolve(),
    take() {
      if (step + 1 >= totalSteps) return null;
      const began = performance.now();
      step += 1;
      const { indices, streamOf } = order(step);
      const batch = batches.make(indices, (index) =>
        isVaried ? drawVariation(recipe, height, width, streamOf(index)) : UNVARIED,
      );
      milliseconds += performance.now() - began;
      return { step, epoch: Math.floor(step / perEpoch), ...batch };
    },
    close: () => {
      batches.close();
      return Promise.resolve();
    },
  };
}

/** A batch of which the first `count` images count. */
export interface EvaluationBytes {
  readonly count: number;
  readonly images: ImageBytes;
  readonly labels: Int32Array;
}

/** The images of the given indices in their order, not varied, in whole batches. What they show is there until the next one is asked for. */
export function* evaluationBytes(
  part: ImagePart,
  indices: Uint32Array,
  size: number,
  statistics: ChannelStatistics,
  hold: HoldImages,
): Generator<EvaluationBytes, void, undefined> {
  const batches = new ByteBatches(part, size, statistics, hold);
  try {
    for (let start = 0; start < indices.length; start += size) {
      const taken = indices.subarray(start, start + size);
      yield { count: taken.length, ...batches.make(taken, () => UNVARIED) };
    }
  } finally {
    batches.close();
  }
}

interface ByteBatch {
  readonly images: ImageBytes;
  readonly labels: Int32Array;
}

/** Makes batches of images of a part. */
class ByteBatches {
  readonly #part: ImagePart;
  readonly #size: number;
  readonly #source: BytesOfBatch;
  readonly #table: Float32Array;

  constructor(part: ImagePart, size: number, statistics: ChannelStatistics, hold: HoldImages) {
    this.#part = part;
    this.#size = size;
    this.#source = 'images' in part ? imagesInPlace(part, hold) : copiesOfImages(part, size, hold);
    this.#table = normalizationTable(statistics);
  }

  /** @param indices as many as the batch has images, or fewer, behind which it is filled up with anything */
  make(indices: Uint32Array, variationOf: (index: number) => Variation): ByteBatch {
    const images = {
      memory: Int32Array.of(this.#source.begin().number),
      places: new Int32Array(this.#size),
      variations: new Int32Array(this.#size * VARIATION_NUMBERS),
      table: this.#table,
    };
    const labels = new Int32Array(this.#size);
    for (const [place, index] of indices.entries()) {
      images.places[place] = this.#source.placeOf(index, place);
      images.variations.set(this.#numbersOf(variationOf(index)), place * VARIATION_NUMBERS);
      labels[place] = this.#part.labels[index] as number;
    }
    return { images, labels };
  }

  /** As `ImageBytes` has them. */
  #numbersOf({ shiftY, shiftX, flip, cutout }: Variation): number[] {
    const [height, width] = this.#part.shape;
    const blanked = cutout === null ? null : blankedBy(cutout, height, width);
    const { top = 0, bottom = 0, left = 0, right = 0 } = blanked ?? {};
    return [shiftY, shiftX, flip ? 1 : 0, top, bottom, left, right];
  }

  close(): void {
    this.#source.close();
  }
}

/** Where the engine reads the images of a batch. */
interface BytesOfBatch {
  /** @returns the memory of the next batch */
  begin(): ImageMemory;
  /** @returns where in the memory an image lies that is shown at a place of the batch */
  placeOf(index: number, place: number): number;
  close(): void;
}

function imagesInPlace({ images }: ImagesInMemory, hold: HoldImages): BytesOfBatch {
  const memory = hold(images);
  return { begin: () => memory, placeOf: (index) => index, close: () => memory.letGo() };
}

/** Of a part that is in a file: a test part may be, where the training part is in memory. */
function copiesOfImages(part: ImagesInFile, size: number, hold: HoldImages): BytesOfBatch {
  const reader = openImages(part);
  const bytes = part.shape.reduce((product, extent) => product * extent, 1);
  let copies = new Uint8Array();
  let memory: ImageMemory | null = null;
  return {
    begin: () => {
      memory?.letGo();
      // what is held stays as it is
      copies = new Uint8Array(size * bytes);
      return (memory = hold(copies));
    },
    placeOf: (index, place) => {
      copies.set(reader.at(index), place * bytes);
      return place;
    },
    close: () => {
      memory?.letGo();
      reader.close();
    },
  };
}
