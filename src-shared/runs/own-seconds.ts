import type { RunRecord } from '../studies/run-record.ts';

/** Seconds in which a run itself was trained and measured, without those of a shorter run from whose end it went on; null unless complete. */
export function ownSeconds({ seconds, extension }: Pick<RunRecord, 'seconds' | 'extension'>): number | null {
  return seconds === null ? null : seconds - (extension?.seconds ?? 0);
}

/** Those whose networks were trained in the steps of a run, itself included: its seconds are those of all of them. */
export function runsInStep({ fusedWith = [] }: Pick<RunRecord, 'fusedWith'>): number {
  return fusedWith.length + 1;
}

/** What of a trainer's time `ownSeconds` were for a run: its part, where it was fused. Null unless complete. */
export function trainerSeconds(run: Pick<RunRecord, 'seconds' | 'extension' | 'fusedWith'>): number | null {
  const seconds = ownSeconds(run);
  return seconds === null ? null : seconds / runsInStep(run);
}
