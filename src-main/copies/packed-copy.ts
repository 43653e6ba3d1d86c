import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Of the form in which reports hold studies. A version of Kindling opens all up to this one. */
export const COPY_FORMAT = 1;

/** Of each part, unpacked: what would have more is left out of a report, and is not unpacked from one. */
export const MOST_UNPACKED = 400e6;
/** Of all parts together, packed: with more, a report would open slowly. */
export const MOST_PACKED = 24e6;

/** In the order of their importance: the last ones are left out first where a report would become too large. */
export const PARTS = {
  runs: 'the runs',
  confusions: 'confusion matrices',
  epochs: 'curves over epochs',
  steps: 'curves over steps',
  analyses: 'results of layer analyses',
  histograms: 'histograms over training',
} as const;
export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as PartName[];

/** What a report holds between its marks. */
export const packedCopySchema = z.looseObject({
  format: z.literal(COPY_FORMAT),
  /** Of the Kindling that wrote it. */
  version: z.string(),
  reportedAt: z.iso.datetime(),
  /** Of all parts, unpacked, with their names and lengths. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** What of the study it does not have, for people: a value of `PARTS` each. */
  leftOut: z.array(z.string()),
  /** Each gzip as base64. */
  parts: z.looseObject({
    runs: z.string(),
    confusions: z.string().optional(),
    epochs: z.string().optional(),
    steps: z.string().optional(),
    analyses: z.string().optional(),
    histograms: z.string().optional(),
  }),
});
export type PackedCopy = z.output<typeof packedCopySchema>;

/** Of the content of parts, each added in its turn: how well they are packed does not matter. */
export class PartsHash {
  readonly #hash = createHash('sha256');

  add(name: PartName, bytes: Uint8Array): void {
    this.#hash.update(`${name} ${bytes.byteLength} `).update(bytes);
  }

  /** 64 hexadecimal digits. */
  text(): string {
    return this.#hash.digest('hex');
  }
}
