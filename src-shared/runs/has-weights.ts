import type { RunRow } from './run-row.ts';

/** Whether its network can be looked at here: runs that were imported, or opened from a report, have left their weights elsewhere. */
export function hasWeights({ state, artifacts }: Pick<RunRow, 'state' | 'artifacts'>): boolean {
  return state === 'complete' && artifacts !== null;
}
