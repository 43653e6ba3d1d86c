/** A number under its name. */
export interface Total {
  readonly title: string;
  readonly value: string;
  /** The same in another unit. */
  readonly unit?: string;
  /** Lines below it: what it is compared with, what it is a share of. */
  readonly beside?: readonly string[];
}
