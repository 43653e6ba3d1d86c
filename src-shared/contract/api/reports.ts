import { z } from 'zod';
import type { ExportedFile } from './files.ts';
import { nothing, request, requestOfBytes } from './request.ts';

/** A format of reports. */
export interface ReportListing {
  readonly name: string;
  readonly title: string;
}

export const reportRequests = {
  /** In the order in which they are shown. */
  'reports.formats': request<readonly ReportListing[]>()(nothing),
  /** A study as a file for readers without Kindling; with files beside it as a .zip. */
  'reports.make': requestOfBytes<ExportedFile>()(
    z.strictObject({ study: z.string(), format: z.string().max(100) }),
  ),
} as const;
