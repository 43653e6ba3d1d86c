import { z } from 'zod';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import type { StagedStudy } from '../store/store.ts';
import type { StagingProgress } from '../store/write-staged.ts';
import { withWorker } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';

const taskSchema = z.union([
  /** Reads a report, and keeps the study that it holds. */
  z.object({ file: z.string() }),
  /** Writes that study. */
  z.object({ storeFile: z.string(), name: z.string(), openedAt: z.string() }),
]);

/** What a report holds, and which report that is. */
export interface ReadReport {
  readonly study: string;
  readonly cells: number;
  /** Ids of its runs. */
  readonly runs: readonly string[];
  readonly complete: number;
  readonly from: Omit<OpenedFrom, 'openedAt'>;
}

/** In a thread: a study of 10,000 runs takes seconds to read, and to write. */
export const OPENING_REPORT: WorkKind<
  z.output<typeof taskSchema>,
  ReadReport | StagedStudy,
  StagingProgress
> = {
  who: 'The reader of the report',
  program: new URL('./open-thread.ts', import.meta.url),
  carrier: 'thread',
  task: taskSchema,
  result: z.custom<ReadReport | StagedStudy>(),
  progress: z.object({ phase: z.string(), share: z.number().nullable() }),
  about: z.null(),
  lessMemory: 'a report of fewer runs',
  timeouts: { ...TIMEOUTS, grace: 0 },
};

/** Reads a report, and then writes its study, so that what was read need not be handed over. */
export interface ReportOpener {
  /** @throws Problem as `readCopy` does; the signal's reason */
  read(file: string): Promise<ReadReport>;
  /** Writes what was read, for `publishStaged`. @throws Problem of the store; the signal's reason */
  stage(storeFile: string, as: { readonly name: string; readonly openedAt: string }): Promise<StagedStudy>;
}

/** Has an opener for the time of an action. @throws what the action throws */
export function withReportOpener<Result>(
  control: JobControl<StagingProgress>,
  action: (opener: ReportOpener) => Promise<Result>,
): Promise<Result> {
  return withWorker(OPENING_REPORT, control, (work) =>
    action({
      read: async (file) => (await work({ file })) as ReadReport,
      stage: async (storeFile, as) => (await work({ storeFile, ...as })) as StagedStudy,
    }),
  );
}
