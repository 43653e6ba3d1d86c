import type { RunLabel } from '../../src-shared/contract/api/execution.ts';
import type { CostedCell } from '../../src-shared/studies/cell.ts';
import type { ReachedStep } from '../../src-shared/studies/reached-step.ts';
import type { Fused, RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';

/** A run of a study that waits for a trainer, or has one. */
export interface QueuedRun extends RunLabel {
  /** Of what it has left. */
  readonly work: number;
  /** Where it was interrupted; null where it begins. */
  readonly reached: ReachedStep | null;
  readonly specification: RunSpecification;
  readonly content: CostedCell;
  /** As `stepKey` has it. */
  readonly step: string;
}

/** What a trainer takes: a run, or several for one step. */
export interface TakenRuns {
  readonly runs: readonly QueuedRun[];
  /** Null for a run that is trained alone. */
  readonly fused: Fused | null;
  /** The step from which they go on at the latest, 0 for the beginning; null where none goes on, or from its own last. */
  readonly from: number | null;
}

export function labelOf({ run, cell, factors, seed }: QueuedRun): RunLabel {
  return { run, cell, factors, seed };
}
