import type { DataSettings, FactorValue, Factors } from './cell.ts';
import type { Recordings } from './recordings.ts';
import type { SeedsUntil } from './seeds-until.ts';

/** A study as its file states it, checked, with every default of recipe and data filled in. */
export interface StudyDefinition {
  readonly name: string;
  readonly dataset: string;
  readonly data: DataSettings;
  /** The network that all cells start from, as written. */
  readonly network: Readonly<Record<string, unknown>>;
  /** The recipe that all cells start from, as written. */
  readonly training: Readonly<Record<string, unknown>>;
  readonly design: Design;
  /** Replicates of every cell, in the order in which they run; with `until` those of the first stage. */
  readonly seeds: readonly number[];
  /** Seeds are added cell by cell by this rule; absent where they are fixed. */
  readonly until?: SeedsUntil;
  /** Replicates of some cells beyond these; absent where there are none. */
  readonly extraSeeds?: readonly ExtraSeeds[];
  /** What its runs keep of their training; absent where that is nothing beyond the usual. */
  readonly record?: Recordings;
}

export interface ExtraSeeds {
  /**
   * Which cells: those of a grid with these values of these factors; of a list, the one with exactly these.
   */
  readonly cells: Factors;
  readonly seeds: readonly number[];
}

export type Design =
  /** All combinations of the factors' values, or `sample.cells` of them drawn by a sampler, at random if none is named. */
  | {
      readonly kind: 'grid';
      readonly vary: Readonly<Record<string, readonly FactorValue[]>>;
      readonly sample: { readonly cells: number; readonly seed: number; readonly method?: string } | null;
    }
  /** Exactly these combinations. */
  | { readonly kind: 'list'; readonly cells: readonly Factors[] };
