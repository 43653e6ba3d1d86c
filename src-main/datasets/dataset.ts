import type { ClassCounts } from '../../src-shared/datasets/class-counts.ts';
import type { DatasetRemark } from '../../src-shared/datasets/dataset-remark.ts';
import type { ImportOptions } from '../../src-shared/datasets/import-options.ts';

/** What is known of the images of a part without their bytes. */
interface LabelledImages {
  readonly count: number;
  /** [height, width, channels]; channels is 1 or 3. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Index of the class of each image. */
  readonly labels: Uint16Array;
}

/** Images of one part in memory, as bytes. */
export interface ImagesInMemory extends LabelledImages {
  /** count x height x width x channels, row by row, channels last. */
  readonly images: Uint8Array;
}

/** Images of one part that stay in a file, laid out in the same way, and are read when they are needed. */
export interface ImagesInFile extends LabelledImages {
  readonly file: string;
  /** Of the first byte of the first image. */
  readonly at: number;
}

/** Images of one part, as bytes. `openImages` reads them. */
export type ImagePart = ImagesInMemory | ImagesInFile;

/** What `dataset.json` in a prepared data set's folder says. */
export interface DatasetDescription {
  readonly name: string;
  readonly classes: readonly string[];
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly trainingCount: number;
  readonly testCount: number;
  /** Null for one that was added before they were kept. */
  readonly classCounts: ClassCounts | null;
  /** SHA-256 over both parts' images and labels, the kept pictures and the class names, hexadecimal. */
  readonly hash: string;
  /** SHA-256 of the index of the pictures of the training part that are kept as they came, hexadecimal; null without any. */
  readonly pictures: string | null;
  /** Where it came from, for people. */
  readonly source: string;
  /** What was chosen when it was added. */
  readonly options: ImportOptions;
  /** What was found and decided when it was added. */
  readonly remarks: readonly DatasetRemark[];
}
