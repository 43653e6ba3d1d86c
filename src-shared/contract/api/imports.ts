import { z } from 'zod';
import { importSettingsSchema } from '../../imports/import-settings.ts';
import type { PlannedColumn } from '../../imports/plan-import.ts';
import type { ImportMistake } from '../../imports/read-column.ts';
import type { CurveRole } from '../../imports/read-curves.ts';
import { request } from './request.ts';
import type { Task } from './tasks.ts';

/** What is, or would be, imported. */
export interface ImportAccount {
  readonly study: string;
  /** Whether the same was imported before; then nothing is imported again. */
  readonly isKnown: boolean;
  /**
   * Where the files are those of an imported study, `study`, exported again: how many of their runs it has, how many are added to it, and how
   * many of its complete runs they do not have. Null for a study of their own.
   */
  readonly continues: { readonly known: number; readonly added: number; readonly missing: number } | null;
  readonly format: string;
  readonly cells: number;
  readonly runs: number;
  /** Of these, those that do not count. */
  readonly incomplete: number;
  readonly columns: readonly PlannedColumn[];
  readonly curves: readonly CurveRole[];
  /** Nothing is imported while there is one; the first of them. */
  readonly mistakes: readonly ImportMistake[];
  readonly mistakeCount: number;
  readonly notes: readonly string[];
}

/** Bytes of all files together that can be sent. */
export const LARGEST_UPLOAD = 16e6;

/** A file that the user dropped or chose. */
export const sentFileSchema = z.strictObject({
  name: z.string().min(1).max(1000),
  base64: z.string().max(4 * Math.ceil(LARGEST_UPLOAD / 3)),
});
export type SentFile = z.output<typeof sentFileSchema>;

export const importRequests = {
  /**
   * Imports runs that another program trained from files of the host, or such as are sent, all or none; with `dryRun` says only what would be
   * imported, and all that is wrong with it.
   */
  'runs.import': request<Task<ImportAccount>>()(
    z.strictObject({
      files: z
        .array(z.union([z.string().min(1), sentFileSchema]))
        .min(1)
        .max(10_000),
      settings: importSettingsSchema.prefault({}),
      dryRun: z.boolean().default(false),
    }),
  ),
} as const;
