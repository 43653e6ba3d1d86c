import { z } from 'zod';
import { doElsewhere } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import type { ReadCopy } from './read-copy.ts';

/** In a thread: a study of 10,000 runs takes seconds. */
export const READING_COPY: WorkKind<string, ReadCopy> = {
  who: 'The reader of the report',
  program: new URL('./read-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.string(),
  result: z.custom<ReadCopy>(),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'a report of fewer runs',
  timeouts: READING_TIMEOUTS,
};

/** @param file path of a report. @throws Problem as `readCopy` does; the signal's reason */
export function readCopyInThread(file: string, control: JobControl<never>): Promise<ReadCopy> {
  return doElsewhere(READING_COPY, file, control);
}
