/** What adding a data set is doing. */
export interface DatasetProgress {
  readonly phase: 'download' | 'survey' | 'import' | 'write';
  /** The file or folder it is about, for people. */
  readonly what: string;
  /** Bytes so far, and in all (null where that is not known). */
  readonly done: number;
  readonly total: number | null;
  /** Pictures so far; 0 for data that have none. */
  readonly images: number;
}

export type OnDatasetProgress = (progress: DatasetProgress) => void;

const WORDS: Readonly<Record<DatasetProgress['phase'], string>> = {
  download: 'downloading',
  survey: 'looking through',
  import: 'reading',
  write: 'checking',
};

/** What is being done, for people, e.g. `downloading cifar-10-binary.tar.gz`. */
export function describeDatasetProgress({ phase, what }: DatasetProgress): string {
  return `${WORDS[phase]} ${what}`;
}
