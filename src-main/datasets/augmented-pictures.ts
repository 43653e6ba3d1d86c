import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import {
  type AugmentedPictures,
  augmentationRequestSchema,
  type AugmentationRequest,
} from '../../src-shared/contract/api/datasets.ts';
import { randomStream } from '../../src-shared/random.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { openVariedImages } from './batch-plan.ts';
import { ensureDataset } from './ensure-dataset.ts';
import { openImages } from './image-reader.ts';
import { type ChannelStatistics, channelStatistics } from './normalization.ts';
import { pngOf } from './png-of.ts';
import { splitTraining } from './split-training.ts';
import { writtenAt } from './written-at.ts';

export interface AugmentationTask extends AugmentationRequest {
  /** Folder of the prepared data sets. */
  readonly dataRoot: string;
  /** Of the training images, where they are known from before. */
  readonly statistics: ChannelStatistics | null;
}

interface Augmented extends AugmentedPictures {
  readonly statistics: ChannelStatistics;
}

const bytes = z.instanceof(Uint8Array) as z.ZodType<Uint8Array<ArrayBuffer>>;
const statisticsSchema = z.object({ mean: z.array(z.number()), std: z.array(z.number()) });

export const AUGMENTING: WorkKind<AugmentationTask, Augmented> = {
  who: 'The augmentation of images',
  program: new URL('./augmented-thread.ts', import.meta.url),
  carrier: 'thread',
  task: augmentationRequestSchema.extend({ dataRoot: z.string(), statistics: statisticsSchema.nullable() }),
  result: z.object({
    images: z.array(z.object({ image: z.int(), original: bytes, varied: z.array(bytes) })),
    total: z.int(),
    averaged: z.int(),
    statistics: statisticsSchema,
  }),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller data sets',
  timeouts: READING_TIMEOUTS,
};

/** Bytes of the images whose mean colour is computed, which a run computes from all of its own: all of CIFAR-10. */
const MOST_READ = 256e6;

/**
 * Training images as they are, and as a run with this seed sees them in its first epochs, made by what makes its batches. Values
 * are brought back from normalization, so that what lies outside of an image has the mean colour.
 * @throws Problem as `ensureDataset`
 */
export async function augmentedPictures({
  dataRoot,
  name,
  recipe,
  data,
  seed,
  from,
  count,
  draws,
  statistics: known,
}: AugmentationTask): Promise<Augmented> {
  const dataset = ensureDataset(name, dataRoot);
  const part = dataset.glanceAt('training');
  const [height, width, channels] = part.shape;
  const size = height * width * channels;
  const classes = dataset.description.classes.length;
  const { training } = splitTraining(part, classes, data.validationShare, data.trainingLimit);
  const averaged = training.subarray(0, Math.max(1, Math.floor(MOST_READ / size)));
  const statistics = known ?? channelStatistics(part, averaged);
  const originals = openImages(part);
  const varied = openVariedImages({ part, pictures: dataset.openPictures(), recipe, statistics });
  try {
    const images: AugmentedPictures['images'][number][] = [];
    for (const image of training.subarray(from, from + count)) {
      const original = await pngOf(originals.at(image), part.shape);
      const drawn: Uint8Array<ArrayBuffer>[] = [];
      for (let epoch = 0; epoch < draws; epoch++) {
        const output = new Float32Array(size);
        await varied.write(image, randomStream(seed, 'augment', epoch).at(image), output, 0);
        drawn.push(await pngOf(toBytes(output, statistics), part.shape));
      }
      images.push({ image, original, varied: drawn });
    }
    return { images, total: training.length, averaged: averaged.length, statistics };
  } finally {
    originals.close();
    varied.close();
  }
}

/** Undoes `normalizationTable`. */
function toBytes(values: Float32Array, { mean, std }: ChannelStatistics): Uint8Array {
  const channels = mean.length;
  return Uint8Array.from(values, (value, at) => {
    const channel = at % channels;
    const byte = 255 * (value * (std[channel] ?? 1) + (mean[channel] ?? 0));
    return Math.max(0, Math.min(255, Math.round(byte)));
  });
}

/** Of the training images that were averaged before, by data and cut: a slider asks for the same again and again. */
const averages = new LRUCache<string, ChannelStatistics>({ max: 20 });

/** `augmentedPictures` in a thread of its own. */
export async function augmentInThread(
  task: Omit<AugmentationTask, 'statistics'>,
): Promise<AugmentedPictures> {
  const folder = path.join(task.dataRoot, task.name);
  const key = JSON.stringify([folder, writtenAt(folder), task.data]);
  const { statistics, ...shown } = await doElsewhere(AUGMENTING, {
    ...task,
    statistics: averages.get(key) ?? null,
  });
  averages.set(key, statistics);
  return shown;
}
