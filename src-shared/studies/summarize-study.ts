import { tInterval } from '../statistics/interval.ts';
import type { CostedCell, Factors } from './cell.ts';
import type { MetricName, RunRecord } from './run-record.ts';
import type { RunState } from './run-state.ts';

/** One cell of a study with its replicates. */
export interface CellSummary {
  /** Id of the cell. */
  readonly cell: string;
  readonly factors: Factors;
  /** Complete runs, one for each seed; the number behind mean and interval. */
  readonly n: number;
  /** Null without a complete run. */
  readonly mean: number | null;
  /** 95 % t interval of the mean; null for fewer than two complete runs. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly parameters: number;
  readonly macs: number;
  /** The last attempt at each seed, by rising seed. */
  readonly runs: readonly CellRun[];
}

export interface CellRun {
  readonly id: string;
  readonly seed: number;
  readonly state: RunState;
  readonly value: number | null;
}

/**
 * Mean and interval over the seeds of every cell, in the cells' order.
 *
 * @param runs all runs of the study, in the order in which they were added; those of other cells are left out.
 */
export function summarizeStudy(
  cells: readonly CostedCell[],
  runs: readonly RunRecord[],
  metric: MetricName = 'testAccuracy',
): CellSummary[] {
  const byCell = Map.groupBy(runs, (run) => run.cell);
  return cells.map(({ id, factors, parameters, macs }) => {
    const last = lastAttempts(byCell.get(id) ?? []);
    const values = last.flatMap((run) => (run.state === 'complete' ? (run.metrics[metric] ?? []) : []));
    const { n, mean, low, high } = tInterval(values);
    const interval = low === null || high === null ? null : ([low, high] as const);
    const members = last.map((run) => ({
      id: run.id,
      seed: run.seed,
      state: run.state,
      value: run.metrics[metric],
    }));
    return { cell: id, factors, n, mean, interval, parameters, macs, runs: members };
  });
}

/** The last run of each seed, by rising seed. */
export function lastAttempts(runs: readonly RunRecord[]): RunRecord[] {
  const bySeed = new Map(runs.map((run) => [run.seed, run]));
  return [...bySeed.values()].sort((a, b) => a.seed - b.seed);
}
