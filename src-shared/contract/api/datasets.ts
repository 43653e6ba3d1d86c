import { z } from 'zod';
import type { ClassCounts } from '../../datasets/class-counts.ts';
import type { DatasetRemark } from '../../datasets/dataset-remark.ts';
import { type ImportOptions, importOptionsSchema } from '../../datasets/import-options.ts';
import { imagesOfHashSchema } from '../../analysis/outcomes.ts';
import { nothing, request, requestOfBytes } from './request.ts';
import type { Task } from './tasks.ts';

export interface DatasetListing {
  readonly name: string;
  /** `built-in` is made on first use; `damaged` says why in `note`. */
  readonly state: 'built-in' | 'prepared' | 'not added' | 'damaged';
  readonly classes: readonly string[];
  /** Null where it is known only after adding. */
  readonly shape: readonly [height: number, width: number, channels: number] | null;
  readonly trainingCount: number | null;
  readonly testCount: number | null;
  /** Null where it is known only after adding, or was not kept. */
  readonly classCounts: ClassCounts | null;
  /** 0 where nothing is prepared. */
  readonly bytesOnDisk: number;
  readonly hash: string | null;
  /** Where it came from, what it is, or what is wrong with it. */
  readonly note: string;
  /** What was chosen when it was added, and what was found and decided then. */
  readonly options: ImportOptions;
  readonly remarks: readonly DatasetRemark[];
}

export interface DatasetPreview {
  readonly classes: readonly {
    readonly name: string;
    readonly training: number;
    readonly test: number;
    /** The first training images of the class as PNG. */
    readonly pictures: readonly Uint8Array<ArrayBuffer>[];
  }[];
}

export interface TestImage {
  /** Path of the picture within its folder; null for an image of a data set. */
  readonly file: string | null;
  /** As PNG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const datasetRequests = {
  'datasets.list': request<readonly DatasetListing[]>()(nothing),
  /** Downloads, or reads a folder or archive of the host (`from`). */
  'datasets.add': request<Task>()(
    z.strictObject({
      name: z.string().min(1),
      from: z.string().optional(),
      options: importOptionsSchema.optional(),
    }),
  ),
  /** Images of a test part, or pictures that networks were looked at on, by their places. */
  'datasets.testImages': requestOfBytes<readonly TestImage[]>()(
    z.strictObject({ data: imagesOfHashSchema, images: z.array(z.int().min(0)).min(1).max(200) }),
  ),
  'datasets.preview': requestOfBytes<DatasetPreview>()(
    z.strictObject({ name: z.string(), perClass: z.int().min(1).max(20) }),
  ),
} as const;
