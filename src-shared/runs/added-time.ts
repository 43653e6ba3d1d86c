import { counted } from '../counted.ts';
import { aboutDuration } from '../numbers.ts';
import type { RunRecord } from '../studies/run-record.ts';
import { runsInStep } from './own-seconds.ts';

/**
 * How long further seeds of cells train, each as long as the complete runs of its cell did on average, of fused ones their part:
 * `about 2 h 10 min of training by the 30 complete runs of these cells, which parallel runs share`. Empty where no time is known.
 */
export function addedTimeText(
  runs: readonly Pick<RunRecord, 'cell' | 'state' | 'seconds' | 'fusedWith'>[],
  cells: readonly string[],
  seeds: number,
): string {
  const chosen = new Set(cells);
  const timed = runs.flatMap(({ cell, state, seconds, ...run }) =>
    state === 'complete' && seconds !== null && chosen.has(cell)
      ? [{ cell, seconds: seconds / runsInStep(run) }]
      : [],
  );
  if (timed.length === 0) return '';
  const byCell = [...Map.groupBy(timed, ({ cell }) => cell).values()];
  const seconds = byCell.reduce(
    (sum, own) => sum + own.reduce((all, run) => all + run.seconds, 0) / own.length,
    0,
  );
  const untimed = chosen.size - byCell.length;
  const without =
    untimed === 0 ? '' : `, without ${counted(untimed, 'cell')} of which no complete run has a time`;
  return `${aboutDuration(seeds * seconds)} of training by the ${counted(timed.length, 'complete run')} of these cells${without}; parallel runs share it`;
}
