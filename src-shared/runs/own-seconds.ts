import type { RunRecord } from '../studies/run-record.ts';

/** Seconds in which a run itself was trained and measured, without those of a shorter run from whose end it went on; null unless complete. */
export function ownSeconds({ seconds, extension }: Pick<RunRecord, 'seconds' | 'extension'>): number | null {
  return seconds === null ? null : seconds - (extension?.seconds ?? 0);
}
