import type { ImportedContent } from './import-task.ts';
import type { SourceFile } from './source.ts';

/** An official data set that is written into a folder file by file, in whatever order they come. */
export interface OfficialReader {
  /** @throws Problem `data-invalid` for a file that is not what its name says, `disk-full` */
  take(file: SourceFile): Promise<void>;
  /** @throws Problem `data-invalid` for a file that is missing, or files that do not fit each other */
  finish(): ImportedContent;
  /** Lets go of the files that are being written. */
  close(): void;
}

export interface OfficialOptions {
  /** Where the parts are to be written. */
  readonly folder: string;
  /** Names of the classes in the order of the labels, as far as they are known; else empty. */
  readonly classes: readonly string[];
  /** For messages. */
  readonly source: string;
}

/** What an image of an official data set is called, which has no file of its own. */
export function numberedName(part: string, index: number): string {
  return `${part} image ${index}`;
}
