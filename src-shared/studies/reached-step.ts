import type { RunRecord } from './run-record.ts';

/** How far a run had come that goes on. */
export interface ReachedStep {
  readonly step: number;
  readonly totalSteps: number;
}

/** Null for a run that begins. */
export function reachedStep(run: Pick<RunRecord, 'step' | 'totalSteps'>): ReachedStep | null {
  const { step, totalSteps } = run;
  return step === null || totalSteps === null ? null : { step, totalSteps };
}
