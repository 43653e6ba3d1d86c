import { z } from 'zod';
import { nothing, request, requestOfBytes } from './request.ts';

/** A file for the user to keep. */
export interface ExportedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A kind of file that runs can be exported as. */
export interface ExportListing {
  readonly name: string;
  readonly title: string;
  readonly of: 'runs' | 'one run';
}

export const exportRequests = {
  'exports.list': request<readonly ExportListing[]>()(nothing),
  /** Of an export of one run, that run must be complete. */
  'exports.make': requestOfBytes<ExportedFile>()(
    z.strictObject({ format: z.string().max(100), runs: z.array(z.string()).min(1) }),
  ),
} as const;
