import { z } from 'zod';
import { imagesOfHashSchema } from '../../src-shared/analysis/outcomes.ts';
import type { TestImage } from '../../src-shared/contract/api/datasets.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { pixelsOf } from './image-reader.ts';
import { requireImages } from './images-of-hash.ts';
import { openDataset } from './open-dataset.ts';
import { pictureFiles } from './picture-files.ts';
import { pngOf } from './png-of.ts';

const taskSchema = z.object({
  /** Folders of prepared data sets and of decoded pictures. */
  roots: z.array(z.string()),
  data: imagesOfHashSchema,
  images: z.array(z.int()),
});
export type TestImagesTask = z.output<typeof taskSchema>;

const testImageSchema: z.ZodType<TestImage> = z.object({
  file: z.string().nullable(),
  bytes: z.instanceof(Uint8Array),
});

export const READING_TEST_IMAGES: WorkKind<TestImagesTask, TestImage[]> = {
  who: 'The reading of test images',
  program: new URL('./test-images-thread.ts', import.meta.url),
  carrier: 'thread',
  task: taskSchema,
  result: z.array(testImageSchema),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller data sets',
  timeouts: READING_TIMEOUTS,
};

/**
 * Images of a test part as PNG, by their places.
 * @throws Problem `data-missing` or `data-invalid` for the images, `not-found` for a place that they do not have
 */
export async function testImages({ roots, data, images }: TestImagesTask): Promise<TestImage[]> {
  const { folder } = requireImages(data, roots);
  const part = openDataset(folder).glanceAt('test');
  const files = pictureFiles(folder);
  const pixels = pixelsOf(part, images, data.name);
  return Promise.all(
    pixels.map(async (own, place): Promise<TestImage> => {
      const bytes = await pngOf(own, part.shape);
      return { file: files?.[images[place] ?? -1] ?? null, bytes };
    }),
  );
}

/** `testImages` in a thread of its own, which decoding and encoding keep busy. */
export function testImagesInThread(task: TestImagesTask): Promise<TestImage[]> {
  return doElsewhere(READING_TEST_IMAGES, task);
}
