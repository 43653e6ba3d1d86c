import { z } from 'zod';
import { request } from './request.ts';

/** Bytes of all files together that the page sends, of those that are there at a time. */
export const MOST_UPLOADED = 10e9;

/** Bytes of a piece, so that neither end ever holds a large file in memory. */
export const UPLOAD_PIECE = 4 << 20;

/** A file on its way to the host, or there. */
export interface Upload {
  readonly id: string;
  /** Bytes that have arrived. */
  readonly arrived: number;
}

export const uploadRequests = {
  /**
   * Begins to send a file, whose pieces follow. It is removed when it is not needed any more: when it has become a data set, when
   * nothing was heard of it for long, and at the end of the program, however that ends.
   */
  'uploads.begin': request<Upload>()(
    z.strictObject({ name: z.string().min(1).max(1000), bytes: z.int().min(1) }),
  ),
  /** The piece that begins at a byte. One that has arrived before is not written again, so that an answer may be lost. */
  'uploads.append': request<Upload>()(
    z.strictObject({
      upload: z.string(),
      at: z.int().min(0),
      bytes: z
        .instanceof(Uint8Array)
        .refine(({ length }) => length > 0 && length <= UPLOAD_PIECE, `must have 1 to ${UPLOAD_PIECE} bytes`),
    }),
  ),
  /** Also one that is still being sent, or is gone. */
  'uploads.remove': request<null>()(z.strictObject({ upload: z.string() })),
} as const;
