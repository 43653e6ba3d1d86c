/** What adding a data set is doing. */
export interface DatasetProgress {
  readonly phase: 'download' | 'import' | 'write';
  /** The file or folder it is about, for people. */
  readonly what: string;
  /** Bytes of the source so far, and in all (null where the server does not say). */
  readonly done: number;
  readonly total: number | null;
  /** Images decoded so far; 0 for data that need no decoding. */
  readonly images: number;
}

export type OnDatasetProgress = (progress: DatasetProgress) => void;

const WORDS: Readonly<Record<DatasetProgress['phase'], string>> = {
  download: 'downloading',
  import: 'reading',
  write: 'writing',
};

/** What is being done, for people, e.g. `downloading cifar-10-binary.tar.gz`. */
export function describeDatasetProgress({ phase, what }: DatasetProgress): string {
  return `${WORDS[phase]} ${what}`;
}
