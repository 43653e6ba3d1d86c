/** A name and what stands behind it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Hashes, paths and versions, which are read character by character. */
  readonly exact?: boolean;
  /** The page of the value; null for none. */
  readonly address?: string | null;
  /** What is said of it besides. */
  readonly about?: string;
}
