import { type MeasuredPeaks, peakKey } from '../studies/trainer-memory.ts';
import type { RunIndex } from './run-index.ts';
import type { RunRow } from './run-row.ts';

/**
 * What trainers have taken that trained each run by itself; a warm one's peak is that of all that it has trained until then.
 * @param engine by whose runs, by its name
 */
export function measuredPeaks(
  { rows, cells }: Pick<RunIndex, 'rows' | 'cells'>,
  engine: string | null,
): MeasuredPeaks {
  const peaks = new Map<string, number>();
  for (const [place, run] of rows.entries()) {
    const { network = null, recipe = null } = cells[place] ?? {};
    const bytes = run.metrics.peakMemoryBytes;
    if (!wasTrainedHere(run) || run.engine !== engine || !bytes || network === null || recipe === null)
      continue;
    const key = peakKey(run.dataset, { network, recipe });
    peaks.set(key, Math.max(bytes, peaks.get(key) ?? 0));
  }
  return peaks;
}

/** Alone, and for all that is known: by this program, and not opened from a report. */
function wasTrainedHere({ state, importedFrom, openedFrom, fusedWith }: RunRow): boolean {
  return state === 'complete' && importedFrom === null && openedFrom === null && fusedWith === undefined;
}
