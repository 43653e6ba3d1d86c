import { z } from 'zod';
import type { ExportedFile } from './files.ts';
import { reportChoiceSchema } from '../../figures/report-choice.ts';
import type { OpenedFrom } from '../../studies/opened-from.ts';
import { studySchema } from '../../studies/study-schema.ts';
import { sentFileSchema } from './imports.ts';
import { nothing, request, requestOfBytes } from './request.ts';
import type { Task } from './tasks.ts';

/** A format of reports. */
export interface ReportListing {
  readonly name: string;
  readonly title: string;
}

/** The study that a report holds, as it is or would be opened. */
export interface OpenedReport {
  /** What it is called here. */
  readonly study: string;
  /** Whether the same was opened before; then nothing is opened again. */
  readonly isKnown: boolean;
  /** Why it cannot be opened under this name, or at all; null where it can. */
  readonly refusal: string | null;
  readonly cells: number;
  /** Runs that have ended, and how many of them are complete. */
  readonly runs: number;
  readonly complete: number;
  readonly from: Omit<OpenedFrom, 'openedAt'>;
}

export const reportRequests = {
  /** In the order in which they are shown. */
  'reports.formats': request<readonly ReportListing[]>()(nothing),
  /** A study as a file for readers without Kindling; with files beside it as a .zip. */
  'reports.make': requestOfBytes<ExportedFile>()(
    z.strictObject({ study: z.string(), format: z.string().max(100), ...reportChoiceSchema.shape }),
  ),
  /**
   * Adds the study that a report holds, with all of its runs, or nothing; the report is a file of the host, or sent. With
   * `dryRun` says only what would be opened.
   */
  'reports.open': request<Task<OpenedReport>>()(
    z.strictObject({
      file: z.union([z.string().min(1), sentFileSchema]),
      /** What the study is called here; null: as in the report. */
      name: studySchema.shape.study.nullable().default(null),
      dryRun: z.boolean().default(false),
    }),
  ),
} as const;
