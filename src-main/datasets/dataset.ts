import type { ClassCounts } from '../../src-shared/datasets/class-counts.ts';
import type { DatasetRemark } from '../../src-shared/datasets/dataset-remark.ts';
import type { ImportOptions } from '../../src-shared/datasets/import-options.ts';

/** Images of one part, as bytes. */
export interface ImagePart {
  readonly count: number;
  /** [height, width, channels]; channels is 1 or 3. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** count x height x width x channels, row by row, channels last. */
  readonly images: Uint8Array;
  /** Index of the class of each image. */
  readonly labels: Uint16Array;
}

/** What `dataset.json` in a prepared data set's folder says. */
export interface DatasetDescription {
  readonly name: string;
  readonly classes: readonly string[];
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly trainingCount: number;
  readonly testCount: number;
  /** Null for one that was added before they were kept. */
  readonly classCounts: ClassCounts | null;
  /** SHA-256 over both parts' images and labels and the class names, hexadecimal. */
  readonly hash: string;
  /** Where it came from, for people. */
  readonly source: string;
  /** What was chosen when it was added. */
  readonly options: ImportOptions;
  /** What was found and decided when it was added. */
  readonly remarks: readonly DatasetRemark[];
}
