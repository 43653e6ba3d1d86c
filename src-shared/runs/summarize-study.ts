import { accountRuns, type LeftOutReason, meantAttempts } from './account.ts';
import { rangeOf } from '../metrics/value-kind.ts';
import { computedWithText } from './computed-with.ts';
import { requireColumn } from './resolve-column.ts';
import type { CellRow } from './run-row.ts';
import { tInterval } from '../statistics/interval.ts';
import { seedInterval } from '../statistics/seed-interval.ts';
import type { Factors } from '../studies/cell.ts';
import type { RunRecord } from '../studies/run-record.ts';
import type { AnyMetric } from '../metrics/imported-metric.ts';
import type { RunMetric } from '../metrics/metrics.ts';
import type { RunState } from '../studies/run-state.ts';
import type { SeedDecision } from '../studies/seeds-until.ts';

/** One cell of a study with its replicates: the seeds that the study's file asks for. */
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
  /** Means over the same runs; null without one. */
  readonly balancedAccuracy: number | null;
  readonly macroF1: number | null;
  /** Null where the network is unknown, as are the multiply-accumulates. */
  readonly parameters: number | null;
  readonly macs: number | null;
  /** One attempt at each seed (`meantAttempts`), by rising seed. */
  readonly runs: readonly CellRun[];
  /** The seeds that do not count, and why; by rising seed. */
  readonly leftOut: readonly LeftOutSeed[];
  /** In what those that count differ that computed them: `1 and 2 threads`; empty where they were computed alike. */
  readonly mixed: string;
  /** What has been decided about its seeds where a rule adds them. */
  readonly decision?: SeedDecision;
}

export interface CellRun {
  readonly id: string;
  readonly seed: number;
  readonly state: RunState;
  readonly value: number | null;
}

export interface LeftOutSeed {
  readonly seed: number;
  readonly reason: LeftOutReason;
}

/**
 * Mean and interval over the seeds of every cell, in the cells' order.
 *
 * @param cells those that the study's file names.
 * @param runs all runs of the study, in the order in which they were added; those of other cells and of seeds that the file
 *   does not ask for are passed over.
 */
export function summarizeStudy(
  cells: readonly CellRow[],
  runs: readonly RunRecord[],
  metric: AnyMetric = 'testAccuracy',
): CellSummary[] {
  const byCell = Map.groupBy(runs, (run) => run.cell);
  const range = rangeOf(requireColumn(metric));
  return cells.map(({ id, factors, parameters, macs, asked, decision }) => {
    const seeds = new Set(asked);
    const own = (byCell.get(id) ?? []).filter(({ seed }) => seeds.has(seed));
    const valueOf = ({ metrics }: RunRecord): number | null => metrics[metric] ?? null;
    const { counted, leftOut } = accountRuns(
      own,
      [{ id, seeds: [...seeds] }],
      (run) => valueOf(run) !== null,
    );
    const values = counted.flatMap((run) => {
      const value = valueOf(run);
      return value === null ? [] : [{ seed: run.seed, value }];
    });
    const { n, mean, low, high } = seedInterval(values, decision?.firstStage, range);
    const interval = low === null || high === null ? null : ([low, high] as const);
    const meanOf = (name: RunMetric): number | null =>
      tInterval(counted.flatMap((run) => run.metrics[name] ?? [])).mean;
    const members = meantAttempts(own)
      .toSorted((one, other) => one.seed - other.seed)
      .map((run) => ({ ...{ id: run.id, seed: run.seed, state: run.state, value: valueOf(run) } }));
    return {
      ...{ cell: id, factors, n, mean, interval, parameters, macs, runs: members },
      ...{ balancedAccuracy: meanOf('testBalancedAccuracy'), macroF1: meanOf('testMacroF1') },
      leftOut: leftOut.map(({ seed, reason }) => ({ seed, reason })),
      mixed: computedWithText(counted),
      ...(decision && { decision }),
    };
  });
}
