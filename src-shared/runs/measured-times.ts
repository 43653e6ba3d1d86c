import type { MeasuredSpeed } from './measured-speeds.ts';
import { runsInStep } from './own-seconds.ts';
import { roundingOf } from './rounding-of.ts';
import type { RunRow } from './run-row.ts';

/** What complete runs of one cell took on this machine, of those that were computed alike. */
export interface MeasuredTime {
  /** Its id, which says all but what computed. */
  readonly cell: string;
  readonly threads: number;
  /** That were trained in a step, the run itself included. */
  readonly networks: number;
  /** Their mean. */
  readonly seconds: number;
  readonly runs: number;
}

/** @param place what computes; null where nothing has been trained yet */
export function measuredTimes(
  rows: readonly RunRow[],
  place: Pick<MeasuredSpeed, 'engine' | 'device' | 'rounding'> | null,
): MeasuredTime[] {
  const found = new Map<string, { readonly time: MeasuredTime; sum: number; runs: number }>();
  for (const run of rows) {
    const { cell, threads, seconds } = run;
    const isHere =
      run.engine === place?.engine &&
      run.device === place.device &&
      roundingOf(run.engineVersion) === place.rounding;
    // one from a report, or another program, was trained on another machine for all that is known
    const isOwn = run.state === 'complete' && run.importedFrom === null && run.openedFrom === null;
    if (!isHere || !isOwn || threads === null || seconds === null) continue;
    const networks = runsInStep(run);
    const key = `${cell} ${threads} ${networks}`;
    const group = found.get(key) ?? {
      time: { cell, threads, networks, seconds: 0, runs: 0 },
      sum: 0,
      runs: 0,
    };
    group.sum += seconds;
    group.runs++;
    found.set(key, group);
  }
  return [...found.values()].map(({ time, sum, runs }) => ({ ...time, seconds: sum / runs, runs }));
}
