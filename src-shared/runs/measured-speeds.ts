import type { Cell } from '../studies/cell.ts';
import type { Precision } from '../studies/recipe.ts';
import { runsInStep } from './own-seconds.ts';
import { roundingOf } from './rounding-of.ts';
import type { RunIndex } from './run-index.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** How fast this machine has trained, from complete runs; the newest few of each kind. */
export interface MeasuredSpeed {
  readonly family: string;
  readonly batchNorm: boolean;
  readonly batch: number;
  readonly precision: Precision;
  readonly macs: number;
  /** Of one run, however many were trained with it. */
  readonly imagesPerSecond: number;
  /** That were trained in its steps. */
  readonly networks: number;
  readonly engine: string;
  readonly device: string;
  /** As `roundingOf` has it. */
  readonly rounding: string;
  readonly threads: number;
}

/** How many runs of each kind are told. */
const NEWEST = 12;

/** How fast complete runs trained, the newest first; of each kind of network, batch and engine only the newest few. */
export function measuredSpeeds({ rows, cells }: Pick<RunIndex, 'rows' | 'cells'>): MeasuredSpeed[] {
  const measured = rows.flatMap((run, index) => {
    const speed = speedOf(run, cells[index] ?? null);
    return speed ? [{ endedAt: run.endedAt ?? '', speed }] : [];
  });
  const newest = measured.sort((a, b) => (a.endedAt < b.endedAt ? 1 : a.endedAt > b.endedAt ? -1 : 0));
  const counts = new Map<string, number>();
  return newest.flatMap(({ speed }) => {
    const { family, batchNorm, batch, precision, networks, engine, device, rounding, threads } = speed;
    const kind = [family, batchNorm, batch, precision, networks, engine, device, rounding, threads].join(' ');
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return count < NEWEST ? [speed] : [];
  });
}

/** What of a network and its recipe decides how fast it trains, besides its multiply-accumulates. */
export function speedKind({
  network,
  recipe,
}: Pick<Cell, 'network' | 'recipe'>): Pick<MeasuredSpeed, 'family' | 'batchNorm' | 'batch' | 'precision'> {
  return {
    family: String(network['family']),
    batchNorm: network['batchNorm'] === true,
    batch: recipe.batch,
    precision: recipe.precision,
  };
}

function speedOf(run: RunRow, cell: CellRow | null): MeasuredSpeed | null {
  const { state, metrics, engine, engineVersion, device, threads, macs, openedFrom } = run;
  const { imagesPerSecond } = metrics;
  // one from a report was trained on another machine, for all that is known
  if (state !== 'complete' || openedFrom !== null || !cell || !imagesPerSecond) return null;
  if (engine === null || device === null || threads === null) return null;
  const { network, recipe } = cell;
  if (network === null || recipe === null || macs === null) return null;
  return {
    ...{ ...speedKind({ network, recipe }), macs, imagesPerSecond, networks: runsInStep(run) },
    ...{ engine, device, rounding: roundingOf(engineVersion), threads },
  };
}
