import { whole } from '../../../numbers.ts';
import { assertNever } from '../../../assert-never.ts';
import type { AnyCurveMetric } from '../../../metrics/imported-metric.ts';
import { isOfSteps } from '../../../metrics/metrics.ts';
import { accountRuns, type LeftOut, type LeftOutReason } from '../../../runs/account.ts';
import { asideText } from '../../../runs/aside-text.ts';
import { isUnasked } from '../../../runs/asked.ts';
import type { ChosenRuns } from '../../../runs/choose-runs.ts';
import { runsAt } from '../../../runs/replicates.ts';
import type { RunIndex } from '../../../runs/run-index.ts';
import type { RunRow } from '../../../runs/run-row.ts';
import { mean } from '../../../statistics/interval.ts';
import { computedWithNote, leftOutNote, leftOutText, unaskedNote } from '../../cells/account-notes.ts';
import { type LeftOutCell, leftOutCells } from '../../cells/left-out-cells.ts';
import { cellTableOf } from '../../cells/measure-cells.ts';

export type CurveAxis = 'step' | 'epoch' | 'relative time' | 'wall time';

export interface CurveSettings {
  readonly metric: AnyCurveMetric;
  readonly x: CurveAxis;
  /** From 0 (raw) to below 1. */
  readonly smoothing: number;
  /** Columns whose values the runs of a line share, e.g. `cell`; null for one line a run. */
  readonly groupBy: readonly string[] | null;
  /** Whether a line over several runs shows these as well. */
  readonly members: boolean;
  /** Setting by whose values lines are coloured; the first with few enough where it is absent or null. */
  readonly colourBy?: string | null;
  /** By run, of lines that have a colour of their own; absent where colours tell settings. */
  readonly colours?: ReadonlyMap<string, string>;
  /** How the runs were chosen; absent where they were given. */
  readonly choice?: Omit<CurveChoice, 'runs'>;
}

/** Lines that can be drawn, and points that can be held, at once. */
const MOST_LINES = 500;
const MOST_POINTS = 1_000_000;

/** What may be drawn at once where less is wanted than can be: curves that grow are drawn again and again. */
export interface CurveLimit {
  readonly runs: number;
  readonly cells: number;
}

/** Which runs have their curves drawn. */
export interface CurveChoice {
  /** Ids, in the order in which the runs were added. */
  readonly runs: readonly string[];
  /** Cells with runs that have no curve: they have not begun. */
  readonly leftOut: readonly LeftOutCell[];
  /** Those of the runs whose curves end early, and why. */
  readonly early: readonly LeftOut[];
  /** `480 of 1,240 runs, evenly over cells`; empty where all are drawn. */
  readonly sample: string;
  /** What else is to be said: which runs have no curve or end early, and what there is besides. */
  readonly notes: readonly string[];
}

/**
 * Chooses the runs whose curves are drawn: the last attempt of each seed that has begun; all of them, or as many of each
 * cell as can be drawn, the same number of every cell and the lowest seeds first, so that cells stay comparable.
 */
export function chooseCurves(
  chosenRuns: ChosenRuns,
  settings: Pick<CurveSettings, 'metric' | 'x' | 'groupBy' | 'members'>,
  limit: CurveLimit = { runs: Infinity, cells: MOST_LINES },
): CurveChoice {
  const { index, rows, cells, aside } = chosenRuns;
  const sorted = rows.toSorted((a, b) => a - b);
  const expected = cells.map(({ id, asked }) => ({ id, seeds: asked ?? [] }));
  const { counted: complete, leftOut } = accountRuns(runsAt(index, sorted), expected);
  const ending = leftOut.filter(({ reason }) => hasBegun(reason));
  const drawable = new Set([...complete.map(({ id }) => id), ...ending.flatMap(({ run }) => run ?? [])]);
  const begun = sorted.filter((row) => drawable.has(index.rows[row]?.id ?? ''));
  const isMean = areMeans(settings);
  const lines = isMean && !settings.members ? Infinity : MOST_LINES;
  const most = Math.min(limit.runs, lines, Math.floor(MOST_POINTS / pointsOf(index, begun, settings.metric)));
  const chosen = new Set<RunRow | undefined>(
    sampleOverCells(runsAt(index, begun), Math.max(1, most), isMean ? limit.cells : Infinity),
  );
  const drawn = begun.filter((row) => chosen.has(index.rows[row]));
  const runs = runsAt(index, drawn);
  const ids = new Set(runs.map(({ id }) => id));
  const without = leftOut.filter(({ reason }) => !hasBegun(reason));
  const early = ending.filter(({ run }) => run !== null && ids.has(run));
  return {
    runs: [...ids],
    leftOut: cellsWithout(chosenRuns, without),
    early,
    sample:
      drawn.length === begun.length
        ? ''
        : `${whole(drawn.length)} of ${whole(begun.length)} runs, evenly over cells`,
    notes: [
      leftOutNote(begun.length, without),
      early.length === 0
        ? ''
        : `${leftOutText(early)}: ${isMean ? 'means continue without them' : 'these curves end early'}`,
      unaskedNote(drawn.filter((row) => isUnasked(index, row)).length, drawn.length),
      computedWithNote(
        [...Map.groupBy(runs, ({ cell }) => cell).values()].map((computedWith) => ({ computedWith })),
      ),
      asideText(index, aside),
    ].filter((note) => note !== ''),
  };
}

function cellsWithout(chosen: ChosenRuns, without: readonly LeftOut[]): LeftOutCell[] {
  if (without.length === 0) return [];
  const byCell = Map.groupBy(without, ({ cell }) => cell);
  return leftOutCells(cellTableOf(chosen, 'testAccuracy')).flatMap((named) => {
    const leftOut = byCell.get(named.cell);
    return leftOut ? [{ ...named, leftOut }] : [];
  });
}

function hasBegun(reason: LeftOutReason): boolean {
  switch (reason) {
    case 'diverged':
    case 'failed':
    case 'interrupted':
    case 'running':
      return true;
    case 'skipped':
    case 'not begun':
    case 'without a value':
      return false;
    default:
      return assertNever(reason);
  }
}

/** The usual number of points of a curve, as far as it can be known before it is read. */
function pointsOf(index: RunIndex, rows: readonly number[], metric: AnyCurveMetric): number {
  const lengths = rows.map((row) => {
    const run = index.rows[row];
    const steps = run?.totalSteps ?? run?.step ?? 0;
    return isOfSteps(metric) ? steps : (index.cells[row]?.recipe?.epochs ?? 0);
  });
  return Math.max(1, mean(lengths.length > 0 ? lengths : [1]));
}

/**
 * As many runs of every cell as there may be, the same number of each that has so many; of too many cells an even choice.
 * In the order of the runs.
 */
export function sampleOverCells<Run extends Pick<RunRow, 'cell' | 'seed'>>(
  runs: readonly Run[],
  most: number,
  mostCells = Infinity,
): Run[] {
  const groups = [...Map.groupBy(runs, ({ cell }) => cell).values()].map((members) =>
    members.toSorted((one, other) => one.seed - other.seed),
  );
  const count = Math.min(most, mostCells, groups.length);
  const cells = Array.from(
    { length: count },
    (_, place) => groups[Math.floor((place * groups.length) / count)] ?? [],
  );
  let quota = 1;
  const taken = (each: number): number =>
    cells.reduce((sum, members) => sum + Math.min(members.length, each), 0);
  const longest = cells.reduce((length, members) => Math.max(length, members.length), 1);
  while (quota < longest && taken(quota + 1) <= most) quota += 1;
  const chosen = new Set(cells.flatMap((members) => members.slice(0, quota)));
  return runs.filter((run) => chosen.has(run));
}

/** Whether lines are means over runs; those of which one came after the other have none. */
export function areMeans({ groupBy, x }: Pick<CurveSettings, 'groupBy' | 'x'>): boolean {
  return groupBy !== null && x !== 'wall time';
}
