import type { CostedCell } from './cell.ts';
import type { ReachedStep } from './reached-step.ts';
import type { ExtendedRun } from './trainer-protocol.ts';

/** The end of a shorter run, or why a run does not go on from it. */
export type FoundEnd =
  | { readonly run: string; readonly extended: ExtendedRun; readonly reached: ReachedStep }
  | { readonly run: string; readonly why: string };

/** Of a cell and a seed; null where there is no complete run of fewer epochs. */
export type FindEnd = (cell: CostedCell, seed: number) => FoundEnd | null;
