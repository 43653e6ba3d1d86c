/** A folder or archive that a data set is made from. Paths in it are relative to it, with forward slashes. */
export interface Source {
  /** For messages. */
  readonly name: string;
  /** How many files may be read at once. */
  readonly atOnce: number;
  /**
   * All that is in it, in one pass; may be gone through again. A file's content can be had until the next entry is asked
   * for, or at any time where `atOnce` allows several.
   * @throws Problem `data-invalid` for a folder that may not be read or a damaged archive; the signal's reason
   */
  entries(control: ReadControl): AsyncIterable<SourceEntry>;
}

export interface ReadControl {
  readonly signal?: AbortSignal | undefined;
  /** Told of bytes that were gone through, and in all. */
  readonly onRead?: (done: number, total: number) => void;
}

export type SourceEntry =
  | { readonly kind: 'file'; readonly file: SourceFile }
  | { readonly kind: 'folder'; readonly path: string }
  /** A link of an archive: the same content as another file of it, which may come before or after. */
  | { readonly kind: 'alias'; readonly path: string; readonly target: string }
  /** A file or folder that systems leave behind; nothing of what is in it is told. */
  | { readonly kind: 'litter'; readonly path: string }
  /** A link that leads to nothing that could be read, or a file that cannot be found by its name, and why. */
  | { readonly kind: 'unreachable'; readonly path: string; readonly why: string }
  /** A device, a pipe, a socket. */
  | { readonly kind: 'special'; readonly path: string };

export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
  /** The first bytes, at most so many. */
  head(bytes: number): Promise<Buffer>;
  /** All of it. */
  all(): Promise<Buffer>;
  /** All of it, piece by piece. */
  pieces(): AsyncIterable<Buffer>;
}
