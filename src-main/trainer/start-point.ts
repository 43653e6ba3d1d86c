import type { CheckpointKind } from '../checkpoints/checkpoints.ts';
import type { Carried } from './carried.ts';
import type { ResumeFacts } from './resume-facts.ts';

/** Where a run begins or goes on. */
export interface RunStart {
  /** Of which, as of all before, everything has been told. */
  readonly step: number;
  /** The caller's own. */
  readonly carried: Carried;
  readonly state: readonly Float32Array[];
  /** Checkpoints that are kept of this state, and are not there yet. */
  readonly kept: readonly CheckpointKind[];
  /** For people: why not from its last resume checkpoint, or what computes otherwise than before. */
  readonly note: string | null;
}

/** Something from which a run can go on. */
export interface Usable extends Pick<RunStart, 'step' | 'state' | 'kept'> {
  readonly facts: Pick<ResumeFacts, 'carried' | 'computedBy' | 'mode' | 'networks'>;
}
