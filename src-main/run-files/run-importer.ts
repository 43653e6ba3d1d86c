import { z } from 'zod';
import type { ImportAccount } from '../../src-shared/contract/api/imports.ts';
import { importSettingsSchema } from '../../src-shared/imports/import-settings.ts';
import type { StagedStudy } from '../store/store.ts';
import type { StagingProgress } from '../store/write-staged.ts';
import { withWorker } from '../work/do-elsewhere.ts';
import type { JobControl } from '../work/do-job.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';

const taskSchema = z.union([
  /** Reads files, and keeps what becomes of their runs. */
  z.object({ files: z.array(z.string()), settings: importSettingsSchema, storeFile: z.string() }),
  /** Writes what was read. */
  z.object({ writeTo: z.string(), dataset: z.string() }),
]);

/** What was read, for people, and by what it is recognized. */
export interface ReadImport {
  readonly account: Omit<ImportAccount, 'isKnown'>;
  readonly hash: string;
  readonly files: readonly string[];
}

/** In a thread: tables of thousands of runs with their curves take seconds to read, and to write. */
export const IMPORTING_RUNS: WorkKind<
  z.output<typeof taskSchema>,
  ReadImport | StagedStudy,
  StagingProgress
> = {
  who: 'The import',
  program: new URL('./import-thread.ts', import.meta.url),
  carrier: 'thread',
  task: taskSchema,
  result: z.custom<ReadImport | StagedStudy>(),
  progress: z.object({ phase: z.string(), share: z.number().nullable() }),
  about: z.null(),
  lessMemory: 'fewer files',
  timeouts: { ...TIMEOUTS, grace: 0 },
};

/** Reads runs, and then writes them, so that what was read need not be handed over. */
export interface RunImporter {
  /** @throws Problem as `readRunFiles` does, or of the store; the signal's reason */
  read(files: readonly string[], settings: z.output<typeof importSettingsSchema>): Promise<ReadImport>;
  /** Writes what was read last, for `publishStaged`. @throws Problem of the store; the signal's reason */
  stage(dataset: string): Promise<StagedStudy>;
}

/** Has an importer into a store for the time of an action. @throws what the action throws */
export function withRunImporter<Result>(
  storeFile: string,
  control: JobControl<StagingProgress>,
  action: (importer: RunImporter) => Promise<Result>,
): Promise<Result> {
  return withWorker(IMPORTING_RUNS, control, (work) =>
    action({
      read: async (files, settings) => (await work({ files: [...files], settings, storeFile })) as ReadImport,
      stage: async (dataset) => (await work({ writeTo: storeFile, dataset })) as StagedStudy,
    }),
  );
}
