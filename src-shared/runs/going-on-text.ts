import { duration, whole } from '../numbers.ts';
import type { RunRow } from './run-row.ts';

export interface GoingOnRun {
  readonly run: string;
  /** From which it goes on; 0 from its beginning. */
  readonly step: number;
  readonly totalSteps: number | null;
  readonly interruptedAt: string | null;
  /** The run from whose end it goes on. */
  readonly shorter?: string | null;
  readonly note: string | null;
}

type Standing = Pick<RunRow, 'skipped' | 'repeated' | 'goesOnAt'>;

/** What the state of a run does not say: `goes on at step 1,200`, `begins anew`, `skipped`, `repeated`; null where there is nothing to add. */
export function besideState({ skipped, repeated, goesOnAt }: Standing): string | null {
  // also of one that had been skipped
  if (repeated) return 'repeated';
  if (skipped) return 'skipped';
  if (goesOnAt === undefined) return null;
  return goesOnAt === 0 ? 'begins anew' : `goes on at step ${whole(goesOnAt)}`;
}

/** `interrupted, goes on at step 1,200` */
export function stateText(run: Pick<RunRow, 'state'> & Standing): string {
  const beside = besideState(run);
  return beside === null ? run.state : `${run.state}, ${beside}`;
}

/**
 * `run k3f9a2qz goes on at step 1,200 of 4,000 (interrupted 3 min ago)`, or that it begins anew, and why; of one that was not interrupted
 * `goes on from the end of run b2c8d4ef at step 1,200 of 2,400`.
 */
export function goingOnText(
  { run, step, totalSteps, interruptedAt, note, shorter = null }: GoingOnRun,
  now: number = Date.now(),
): string {
  const of = totalSteps === null ? '' : ` of ${whole(totalSteps)}`;
  const end = shorter === null ? '' : ` from the end of run ${shorter}`;
  const what = step === 0 ? 'begins anew' : `goes on${end} at step ${whole(step)}${of}`;
  const ago = interruptedAt === null ? 0 : Math.max(0, now - Date.parse(interruptedAt)) / 1000;
  const when = interruptedAt === null ? '' : ` (interrupted ${duration(ago)} ago)`;
  return `run ${run} ${what}${when}${note === null ? '' : `: ${note}`}`;
}
