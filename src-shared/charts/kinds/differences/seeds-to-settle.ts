import { counted } from '../../../counted.ts';
import { TO_COME } from '../../../runs/account.ts';
import { mean } from '../../../statistics/interval.ts';
import { comparisonsInAll, SIGNIFICANT } from '../../../statistics/judge-comparisons.ts';
import { deviationOf } from '../../../statistics/pilot-deviations.ts';
import { type PlannedTest, seedsForPower } from '../../../statistics/planned-test.ts';
import type { CellTable } from '../../cells/measured-cell.ts';
import { type DifferencesData, differencesData, type DifferenceRow } from './data.ts';

/** Seeds that would tell cells apart from the best one. */
export interface SeedsToSettle {
  /** To add to each of `cells`. */
  readonly add: number;
  /** The same at either end of the intervals of the deviations; null where it is more than is sensible. */
  readonly least: number;
  readonly most: number | null;
  /** Ids: the best cell, and those that so many more seeds tell apart from it. */
  readonly cells: readonly string[];
  /** What these others are called. */
  readonly others: readonly string[];
  /** How many others differ so little that no sensible number of seeds does. */
  readonly hopeless: number;
}

const POWER = 0.8;
/** Seeds of a cell, beyond which a difference is too small beside the deviation to go on for it. */
const SENSIBLE_SEEDS = 20;
/** With more cells nearly everything is lost to the number of comparisons, and reckoning takes seconds. */
const MOST_CELLS = 60;
/** Cells that the sentence names. */
const MOST_NAMED = 3;

/**
 * How many more seeds it takes until differences as large as those that were seen between the best cell and those that do not differ
 * significantly from it are found with a power of 80 %: at the deviation of the paired differences, by the test that judges them
 * (`judgeComparisons`: Holm's first step, the choice of the best cell, and the exact test that must be able to reach it).
 *
 * @param known the differences of all cells from the best one, where they are known already
 * @returns null where there is nothing to settle, or nothing to reckon it from: fewer than two shared seeds, seeds that a rule adds,
 *   more than 60 cells; and while seeds that are asked for are still to be trained
 */
export function seedsToSettle(table: CellTable, known: DifferencesData | null = null): SeedsToSettle | null {
  const measured = table.cells.filter(({ measured: runs }) => runs.length > 0);
  if (measured.length < 2 || measured.length > MOST_CELLS) return null;
  if (measured.some(({ decision, isOfPairs }) => decision !== undefined || isOfPairs)) return null;
  if (measured.some(({ leftOut }) => leftOut.some(({ reason }) => TO_COME.has(reason)))) return null;
  const { rows, baseline } = known ?? differencesData(table, null);
  const comparisons = comparisonsInAll(rows.length, measured.length);
  const open = rows.filter(({ isSignificant }) => !isSignificant);
  const needed = open.flatMap((row) => {
    const seeds = seedsFor(row, comparisons);
    return seeds === null ? [] : [{ row, ...seeds }];
  });
  const sensible = needed.filter(({ at }) => at !== null && at <= SENSIBLE_SEEDS);
  if (sensible.length === 0) return null;
  const now = Math.min(...sensible.map(({ row }) => row.pairs.length));
  const furthest = (of: readonly (number | null)[]): number | null =>
    of.includes(null) ? null : Math.max(...of.map((seeds) => seeds ?? 0)) - now;
  const most = furthest(sensible.map(({ most: seeds }) => seeds));
  return {
    add: Math.max(1, furthest(sensible.map(({ at }) => at)) ?? 0),
    least: Math.max(1, furthest(sensible.map(({ least }) => least)) ?? 0),
    most: most === null || most + now > SENSIBLE_SEEDS ? null : most,
    cells: [baseline.cell, ...sensible.map(({ row }) => row.cell)],
    others: sensible.map(({ row }) => row.label),
    hopeless: needed.length - sensible.length,
  };
}

function seedsFor(
  { pairs, method }: DifferenceRow,
  comparisons: number,
): { readonly at: number | null; readonly least: number | null; readonly most: number | null } | null {
  const differences = pairs.map(({ difference }) => difference);
  if (method !== 'paired') return null;
  const centre = mean(differences);
  const squares = differences.reduce((sum, each) => sum + (each - centre) ** 2, 0);
  const found = deviationOf(squares, differences.length - 1);
  if (!found || !(squares > 0) || centre === 0) return null;
  const test: Omit<PlannedTest, 'deviation'> = { isPaired: true, alpha: SIGNIFICANT, comparisons };
  const at = (deviation: number): number | null =>
    seedsForPower({ ...test, deviation }, Math.abs(centre), POWER);
  return { at: at(found.deviation), least: at(found.low), most: at(found.high) };
}

/** `5 more seeds in the best cell and in 2 others (…) would tell them apart with a power of 80 % …` */
export function settleText({ add, least, most, others, hopeless }: SeedsToSettle): string {
  const range = most === null ? `${least} or more` : least === most ? `${least}` : `${least} to ${most}`;
  const names = others.length > MOST_NAMED ? '' : ` (${others.join('; ')})`;
  const beside =
    hopeless === 0
      ? ''
      : `; ${counted(hopeless, 'other cell')} would take more than ${SENSIBLE_SEEDS} seeds: test with a margin whether they are equivalent`;
  return `${counted(add, 'more seed')} in the best cell and in ${counted(others.length, 'other')}${names} would tell them apart with a power of 80\u00a0%, if they differ as much as they seem to (${range} for how uncertain the deviation is; the best was chosen after looking, so that the true differences are probably smaller)${beside}`;
}
