import { z } from 'zod';
import { request } from './request.ts';

/** A file for the user to keep. */
export interface ExportedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly base64: string;
}

export const exportRequests = {
  /** Runs with all their figures (`csv`, `json`), their points (`points`, long form), TensorBoard event files (zip). */
  'exports.runs': request<ExportedFile>()(
    z.strictObject({
      runs: z.array(z.string()).min(1),
      format: z.enum(['csv', 'json', 'points', 'tensorboard']),
    }),
  ),
  /** The trained network of a complete run. */
  'exports.onnx': request<ExportedFile>()(z.strictObject({ run: z.string() })),
} as const;
