import { z } from 'zod';
import { doElsewhere } from '../../work/do-elsewhere.ts';
import type { JobControl } from '../../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../../work/work-kind.ts';
import { pictureFolderSchema } from './picture-folder.ts';

const taskSchema = z.object({
  /** Folder of the sets that were prepared. */
  root: z.string(),
  folder: pictureFolderSchema,
});
type PreparingTask = z.output<typeof taskSchema>;

/** Decodes a folder of pictures, and tells the share that is done. */
export const PREPARING: WorkKind<PreparingTask, null, number> = {
  who: 'The reading of the pictures',
  program: new URL('./main.ts', import.meta.url),
  carrier: 'process',
  task: taskSchema,
  result: z.null(),
  progress: z.number(),
  about: z.null(),
  lessMemory: 'smaller pictures',
  timeouts: TIMEOUTS,
};

/** `preparePictures` in a process of its own. @throws Problem as it does; the signal's reason */
export async function prepareElsewhere(task: PreparingTask, control: JobControl<number>): Promise<void> {
  await doElsewhere(PREPARING, task, control);
}
