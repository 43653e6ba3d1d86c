/** Memory of a machine, or of the part of it that processes may take. */
export interface MainMemory {
  readonly totalBytes: number;
  /** That could be taken now; null where the system does not tell. */
  readonly freeBytes: number | null;
}
