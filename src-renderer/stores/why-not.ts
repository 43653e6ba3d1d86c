import { whole } from '../../src-shared/numbers.ts';
import type { CellRow, RunRow } from '../../src-shared/runs/run-row.ts';
import { canGoOn } from '../../src-shared/studies/can-go-on.ts';
import { hasEnded } from '../../src-shared/studies/run-state.ts';

/** What can be done to single runs. */
export type RunAction = 'cancel' | 'first' | 'skip' | 'goOn' | 'repeat' | 'delete';

/** What else is known of a run. */
export interface RunPlace {
  readonly cell: CellRow | undefined;
  /** Whether its seed was not trained again later. */
  readonly isLast: () => boolean;
}

/** Why this cannot be done to a run, in words that follow a number of runs; null where it can, as far as the page knows. */
export function whyNot(action: RunAction, run: RunRow, place: RunPlace): string | null {
  const { state, skipped, importedFrom } = run;
  switch (action) {
    case 'cancel':
      return state === 'running' ? null : state;
    case 'first':
      return state === 'waiting' ? null : state;
    case 'skip':
      if (importedFrom !== null) return IMPORTED;
      return state === 'complete' ? state : skipped === true ? 'skipped already' : null;
    case 'goOn':
      return whyNotRepeated(run, place) ?? (canGoOn(run) ? null : GOES_NOT_ON);
    case 'repeat':
      return whyNotRepeated(run, place);
    case 'delete':
      return hasEnded(state) ? null : state;
  }
}

const GOES_NOT_ON = 'not interrupted';
const IMPORTED = 'imported (not trained here)';

function whyNotRepeated({ state, seed, importedFrom }: RunRow, { cell, isLast }: RunPlace): string | null {
  if (importedFrom !== null) return IMPORTED;
  if (state === 'complete') return 'complete (the same seed has the same result)';
  if (!hasEnded(state)) return state;
  if (!isLast()) return 'repeated already';
  return cell?.asked?.includes(seed) ? null : 'no longer in the study file';
}

/** `3 complete, 1 running`: how many cannot for which reason, most first. */
export function reasonsText(reasons: readonly string[]): string {
  return [...Map.groupBy(reasons, (reason) => reason)]
    .map(([reason, own]) => ({ reason, count: own.length }))
    .sort((one, other) => other.count - one.count)
    .map(({ reason, count }) => `${whole(count)} ${reason}`)
    .join(', ');
}
