import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { plainName } from '../files/plain-name.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { openImages } from './image-reader.ts';
import { openDataset } from './open-dataset.ts';

const taskSchema = z.object({ dataRoot: z.string(), name: z.string(), images: z.array(z.int()) });
export type TestImagesTask = z.output<typeof taskSchema>;

const png = z.instanceof(Uint8Array) as z.ZodType<Uint8Array<ArrayBuffer>>;

export const READING_TEST_IMAGES: WorkKind<TestImagesTask, Uint8Array<ArrayBuffer>[]> = {
  who: 'The reading of test images',
  program: new URL('./test-images-thread.ts', import.meta.url),
  carrier: 'thread',
  task: taskSchema,
  result: z.array(png),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller data sets',
  timeouts: READING_TIMEOUTS,
};

/**
 * Images of the test part as PNG, by their places.
 * @throws Problem `data-missing` or `data-invalid` for the data set, `not-found` for a place that it does not have
 */
export async function testImages({
  dataRoot,
  name,
  images,
}: TestImagesTask): Promise<Uint8Array<ArrayBuffer>[]> {
  const part = openDataset(path.join(dataRoot, plainName(name))).readTest();
  const beyond = images.find((image) => image >= part.count);
  if (beyond !== undefined)
    throw new Problem('not-found', `There is no test image ${beyond}: ${name} has ${part.count}.`);
  const [height, width, channels] = part.shape;
  const reader = openImages(part);
  try {
    const pixels = images.map((image) => reader.at(image).slice());
    return await Promise.all(
      pixels.map(async (own) => {
        const raw = { width, height, channels: channels === 1 ? 1 : 3 } as const;
        return new Uint8Array(await sharp(own, { raw }).png().toBuffer());
      }),
    );
  } finally {
    reader.close();
  }
}

/** `testImages` in a thread of its own: all of the data set is read to check its hash. */
export function testImagesInThread(task: TestImagesTask): Promise<Uint8Array<ArrayBuffer>[]> {
  return doElsewhere(READING_TEST_IMAGES, task);
}
