import { duration, whole } from '../numbers.ts';

export interface GoingOnRun {
  readonly run: string;
  /** From which it goes on; 0 from its beginning. */
  readonly step: number;
  readonly totalSteps: number | null;
  readonly interruptedAt: string | null;
  readonly note: string | null;
}

/** `run k3f9a2qz goes on at step 1,200 of 4,000 (interrupted 3 min ago)`, or that it begins anew, and why. */
export function goingOnText(
  { run, step, totalSteps, interruptedAt, note }: GoingOnRun,
  now: number = Date.now(),
): string {
  const of = totalSteps === null ? '' : ` of ${whole(totalSteps)}`;
  const what = step === 0 ? 'begins anew' : `goes on at step ${whole(step)}${of}`;
  const ago = interruptedAt === null ? 0 : Math.max(0, now - Date.parse(interruptedAt)) / 1000;
  const when = interruptedAt === null ? '' : ` (interrupted ${duration(ago)} ago)`;
  return `run ${run} ${what}${when}${note === null ? '' : `: ${note}`}`;
}
