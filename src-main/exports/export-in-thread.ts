import { z } from 'zod';
import type { ExportedFile as SentFile } from '../../src-shared/contract/api/files.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import type { ExportStep, ExportTask } from './make-export.ts';

/** In a thread, which hands a file of any size over as it is. */
export const EXPORTING: WorkKind<ExportTask, SentFile, ExportStep> = {
  who: 'The export',
  program: new URL('./export-thread.ts', import.meta.url),
  carrier: 'thread',
  task: z.object({
    storeFile: z.string(),
    artifactsRoot: z.string(),
    format: z.string(),
    runs: z.array(z.string()),
  }),
  result: z.object({
    fileName: z.string(),
    mediaType: z.string(),
    bytes: z.instanceof(Uint8Array),
  }),
  progress: z.object({ phase: z.string(), share: z.number().nullable() }),
  about: z.null(),
  lessMemory: 'fewer runs',
  // it only reads, and what it has made is in its memory
  timeouts: { ...TIMEOUTS, grace: 0 },
};

/**
 * `makeExport` in a thread of its own: thousands of runs take up to a minute, in which the caller goes on.
 * @throws Problem as `makeExport` does; the signal's reason
 */
export function exportInThread(task: ExportTask, control: JobControl<ExportStep>): Promise<SentFile> {
  return doElsewhere(EXPORTING, task, control);
}
