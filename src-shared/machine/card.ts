/** A card of this machine, as its driver tells of it. */
export interface Card {
  /** By which a process is given it: its UUID where it has one, else what stood in CUDA_VISIBLE_DEVICES. */
  readonly id: string;
  /** Its number for people, e.g. `0`. */
  readonly number: string;
  /** Null where only the number is known. */
  readonly name: string | null;
  /** Its version; absent where only the number is known. */
  readonly driver?: string;
  readonly totalBytes: number | null;
  /** By whatever program. */
  readonly usedBytes: number | null;
}

/** What nobody has taken of a card's memory; null where the driver does not tell. */
export function freeOf({ totalBytes, usedBytes }: Pick<Card, 'totalBytes' | 'usedBytes'>): number | null {
  return totalBytes === null || usedBytes === null ? null : Math.max(0, totalBytes - usedBytes);
}
