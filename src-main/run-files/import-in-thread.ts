import { z } from 'zod';
import { importSettingsSchema } from '../../src-shared/imports/import-settings.ts';
import type { ImportPlan } from '../../src-shared/imports/plan-import.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';

const runImportSchema = z.object({
  files: z.array(z.string()),
  settings: importSettingsSchema,
});
type RunImport = z.output<typeof runImportSchema>;

/** In a thread: tables of thousands of runs with their curves take seconds. */
export const READING_RUNS: WorkKind<RunImport, ImportPlan, string> = {
  who: 'The import',
  program: new URL('./import-thread.ts', import.meta.url),
  carrier: 'thread',
  task: runImportSchema,
  result: z.custom<ImportPlan>(),
  progress: z.string(),
  about: z.null(),
  lessMemory: 'fewer files',
  timeouts: { ...TIMEOUTS, grace: 0 },
};

/** @throws Problem as `readRunFiles` does; the signal's reason */
export function planImportInThread(task: RunImport, control: JobControl<string>): Promise<ImportPlan> {
  return doElsewhere(READING_RUNS, task, control);
}
