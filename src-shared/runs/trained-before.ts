import { type MeasuredSpeed, measuredSpeeds } from './measured-speeds.ts';
import { type MeasuredTime, measuredTimes } from './measured-times.ts';
import type { RunIndex } from './run-index.ts';

/** What the runs of a store tell of how long others will take. */
export interface TrainedBefore {
  /** The newest first. */
  readonly speeds: readonly MeasuredSpeed[];
  /** With the engine and device of the newest. */
  readonly times: readonly MeasuredTime[];
}

export function trainedBefore(index: Pick<RunIndex, 'rows' | 'cells'>): TrainedBefore {
  const speeds = measuredSpeeds(index);
  return { speeds, times: measuredTimes(index.rows, speeds[0] ?? null) };
}
