import { z } from 'zod';
import { requestOfBytes } from './request.ts';

/** A file for the user to keep. */
export interface ExportedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const exportRequests = {
  /** Runs with all their figures (`csv`, `json`), their points (`points`, long form), TensorBoard event files (zip). */
  'exports.runs': requestOfBytes<ExportedFile>()(
    z.strictObject({
      runs: z.array(z.string()).min(1),
      format: z.enum(['csv', 'json', 'points', 'tensorboard']),
    }),
  ),
  /** The trained network of a complete run. */
  'exports.onnx': requestOfBytes<ExportedFile>()(z.strictObject({ run: z.string() })),
} as const;
