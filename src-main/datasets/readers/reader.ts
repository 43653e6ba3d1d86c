import type { ImportOptions } from '../../../src-shared/datasets/import-options.ts';
import type { Checksum } from '../checksum.ts';
import type { ImportedContent } from '../import/import-task.ts';
import type { SourceFile } from '../import/source.ts';

/** A format of whole data sets, which files of known names make. What is of none of them is read as pictures. */
export interface DatasetReader {
  /** For messages, e.g. `IDX files`. */
  readonly title: string;
  /** Whether a file's name is one of the format; names that a compressed form shares are brought to one by `plainName`. */
  readonly isOwn: (fileName: string) => boolean;
  /** Whether a file of this name is of images: one of class names alone makes no data set. */
  readonly holdsImages: (fileName: string) => boolean;
  /** What a file and its compressed form, or another spelling, are both called; two of one name are a mistake. */
  readonly plainName: (fileName: string) => string;
  /** When a single file is given: which others beside it belong to it. Null where such a file is never given alone. */
  readonly beside: ((given: string) => (fileName: string) => boolean) | null;
  /** The options of an import that it takes, besides `memory`. */
  readonly options: readonly (keyof ImportOptions)[];
  /** Begins to read one data set. */
  readonly begin: (options: ReaderOptions) => Reading;
}

/** Gives a reader its type. */
export function defineReader(reader: DatasetReader): DatasetReader {
  return reader;
}

/** A data set that is written into a folder file by file, in whatever order they come. */
export interface Reading {
  /** @throws Problem `data-invalid` for a file that is not what its name says, `disk-full` */
  take(file: SourceFile): Promise<void>;
  /** @throws Problem `data-invalid` for a file that is missing, or files that do not fit each other */
  finish(): ImportedContent;
  /** Lets go of the files that are being written. */
  close(): void;
}

export interface ReaderOptions {
  /** Where the parts are to be written. */
  readonly folder: string;
  /** Names of the classes in the order of the labels, as far as they are known; else empty. */
  readonly classes: readonly string[];
  /** For messages. */
  readonly source: string;
  /** Numbers that no image has are classes, too, up to the largest. */
  readonly allLabels: boolean;
  /** Checks a file by its name as it is read. */
  readonly checksumOf: (name: string) => Checksum | null;
}

/** What an image is called that has no file of its own. */
export function numberedName(part: string, index: number): string {
  return `${part} image ${index}`;
}
