import type { DatasetRemark } from '../../../src-shared/datasets/dataset-remark.ts';
import type { ImportOptions } from '../../../src-shared/datasets/import-options.ts';
import type { Checksum } from '../checksum.ts';
import type { PartName } from '../part-file.ts';
import type { OnDatasetProgress } from '../progress.ts';
import type { Source } from './source.ts';
import type { Survey } from './survey.ts';

/** A source that is to become a data set. */
export interface ImportTask {
  /** A folder, an archive, or one of four IDX files beside each other. */
  readonly from: string;
  readonly options: ImportOptions;
  /** Class names in the order of their labels where the data set is a known one, else empty. */
  readonly classes: readonly string[];
  /** Where the parts are to be written. */
  readonly folder: string;
  /** What a published file is compared with, by its name. */
  readonly checksumOf: (name: string) => Checksum | null;
  readonly onProgress: OnDatasetProgress;
  /** Awaited now and then, so that the program goes on; throws when the import is no longer wanted. */
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** The pictures of a source on their way to a data set. */
export interface PictureImport extends Pick<
  ImportTask,
  'options' | 'classes' | 'folder' | 'pause' | 'signal'
> {
  readonly source: Source;
  readonly survey: Survey;
  /** Bytes for pictures under way. */
  readonly memory: number;
  /** Told of every picture that was read: bytes of files so far, of all, and pictures. */
  readonly onRead: (bytes: number, total: number, pictures: number) => void;
}

/** A data set whose parts have been written into a folder, as `training.bin` and `test.bin`. */
export interface ImportedContent {
  readonly classes: readonly string[];
  readonly shape: readonly [height: number, width: number, channels: 1 | 3];
  readonly trainingCount: number;
  readonly testCount: number;
  /** SHA-256 of the index of the kept pictures; null where none are. */
  readonly pictures: string | null;
  /** Where it came from, for people. */
  readonly source: string;
  readonly remarks: readonly DatasetRemark[];
  /** What an image is called in messages. */
  readonly nameOf: (part: PartName, index: number) => string;
}
