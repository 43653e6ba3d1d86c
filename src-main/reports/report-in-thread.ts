import { z } from 'zod';
import type { ExportedFile } from '../../src-shared/contract/api/files.ts';
import { reportChoiceSchema } from '../../src-shared/figures/report-choice.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';

const reportTaskSchema = z.object({
  storeFile: z.string(),
  artifactsRoot: z.string(),
  dataRoot: z.string(),
  study: z.string(),
  /** Name of a `ReportFormat`. */
  format: z.string(),
  choice: reportChoiceSchema,
});
export type ReportTask = z.output<typeof reportTaskSchema>;

export interface ReportStep {
  readonly phase: string;
  readonly share: number;
}

/** In a thread: a study of 10,000 runs takes seconds. */
export const REPORTING: WorkKind<ReportTask, ExportedFile, ReportStep> = {
  who: 'The report',
  program: new URL('./report-thread.ts', import.meta.url),
  carrier: 'thread',
  task: reportTaskSchema,
  result: z.object({ fileName: z.string(), mediaType: z.string(), bytes: z.instanceof(Uint8Array) }),
  progress: z.object({ phase: z.string(), share: z.number() }),
  about: z.null(),
  lessMemory: 'a study with fewer runs',
  // it only reads, and what it has made is in its memory
  timeouts: { ...TIMEOUTS, grace: 0 },
};

/** @throws Problem as `makeReport` does; the signal's reason */
export function reportInThread(task: ReportTask, control: JobControl<ReportStep>): Promise<ExportedFile> {
  return doElsewhere(REPORTING, task, control);
}
