import sharp from 'sharp';
import type { DatasetPreview } from '../../src-shared/contract/api/datasets.ts';
import { z } from 'zod';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { sampleClasses } from './sample-classes.ts';
import { verifyDataset } from './verify-dataset.ts';

export interface PreviewTask {
  readonly dataRoot: string;
  readonly name: string;
  readonly perClass: number;
}

const previewSchema: z.ZodType<DatasetPreview> = z.object({
  classes: z.array(
    z.object({
      name: z.string(),
      training: z.int(),
      test: z.int(),
      pictures: z.array(z.instanceof(Uint8Array) as z.ZodType<Uint8Array<ArrayBuffer>>),
    }),
  ),
});

export const PREVIEWING: WorkKind<PreviewTask, DatasetPreview> = {
  who: 'The preview',
  program: new URL('./preview-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.object({ dataRoot: z.string(), name: z.string(), perClass: z.int() }),
  result: previewSchema,
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller data sets',
  timeouts: READING_TIMEOUTS,
};

/**
 * The first pictures of each class as PNG. The built-in data set is made first.
 * @throws Problem as `verifyDataset`; what is shown is what was added
 */
export async function previewDataset({ dataRoot, name, perClass }: PreviewTask): Promise<DatasetPreview> {
  const dataset = verifyDataset({ name, dataRoot });
  const [height, width, channels] = dataset.description.shape;
  const encode = async (image: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
    const png = sharp(image, { raw: { width, height, channels: channels === 1 ? 1 : 3 } }).png();
    return new Uint8Array(await png.toBuffer());
  };
  const classes = sampleClasses(dataset, perClass).map(async ({ images, ...counts }) => ({
    ...counts,
    pictures: await Promise.all(images.map(encode)),
  }));
  return { classes: await Promise.all(classes) };
}

/** `previewDataset` in a thread of its own: the built-in data set takes seconds to make, in which the caller goes on. */
export function previewDatasetInThread(task: PreviewTask): Promise<DatasetPreview> {
  return doElsewhere(PREVIEWING, task);
}
