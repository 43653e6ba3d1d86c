import { Problem } from '../../../mistakes/problem.ts';
import { compareSeeds, type SeedDifference } from '../../../statistics/compare-seeds.ts';
import { cutAt, mean, type Range } from '../../../statistics/interval.ts';
import { judgeComparisons } from '../../../statistics/judge-comparisons.ts';
import { judgeEquivalence, type ToldEquivalence, verdictOf } from '../../../statistics/judge-equivalence.ts';
import { accountNotes, leftOutText } from '../../cells/account-notes.ts';
import { claimNotes, equivalenceNotes } from '../../cells/claim-notes.ts';
import { bestCell } from '../../cells/best-cell.ts';
import { type UnmarkedCell, unmarkedCells } from '../../cells/left-out-cells.ts';
import { commonFirstStage } from '../../cells/block-mean.ts';
import { type CellTable, type MeasuredCell, settingLabel, settingsText } from '../../cells/measured-cell.ts';
import type { Quantity } from '../../quantity.ts';

/** One cell against the baseline: cell minus baseline. */
export interface DifferenceRow {
  readonly cell: string;
  readonly label: string;
  /** Its values alone, in the order of `settings`. */
  readonly values: string;
  readonly method: 'paired' | 'unpaired' | 'none';
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided t test; null where none is possible, with the reason in `caution`. */
  readonly p: number | null;
  /** The same, adjusted for the number of rows and for the choice of the baseline. */
  readonly adjustedP: number | null;
  /** Of a sign-flip test over the pairs; worked out when it is asked for. */
  readonly signFlipP: number | null;
  /** Whether the adjusted p is below 0.05, and that of an exact test could be. */
  readonly isSignificant: boolean;
  /** Null without a margin or a test. */
  readonly equivalence: ToldEquivalence | null;
  /** Values behind the test; for pairs the same number twice. */
  readonly n: readonly [cell: number, baseline: number];
  /** One for each shared seed. */
  readonly pairs: readonly { readonly seed: number; readonly difference: number }[];
  /** The runs of the cell that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
  /** What a reader must know before believing the test; empty where there is nothing. */
  readonly caution: string;
  readonly runs: readonly string[];
}

export interface DifferencesData {
  readonly quantity: Quantity;
  /** Of equivalence, in the quantity's own unit; null without. */
  readonly margin: number | null;
  readonly baseline: {
    readonly cell: string;
    readonly label: string;
    readonly mean: number;
    readonly n: number;
    /** Its runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
    readonly leftOut: string;
    /** By what it was chosen, e.g. `best mean validation accuracy`; empty where it was given. */
    readonly chosenBy: string;
  };
  readonly rows: readonly DifferenceRow[];
  /** The titles of what varies. */
  readonly settings: readonly string[];
  readonly unmarked: readonly UnmarkedCell[];
  /** How the p values are adjusted, and whether anything can be significant. */
  readonly claims: readonly string[];
  /** What is to be said besides: the claims, and which runs are left out. */
  readonly notes: readonly string[];
}

/**
 * Every cell against one of them, paired by seed, with p values corrected for their number.
 *
 * @param baseline id of a cell; null for the best, as `bestCell` chooses it.
 * @param shownMargin of equivalence, as the quantity is shown; null without.
 * @throws Problem `not-found` for a baseline without runs, `usage` with fewer than two cells.
 */
export function differencesData(
  table: CellTable,
  baseline: string | null,
  shownMargin: number | null = null,
): DifferencesData {
  const { cells, quantity, varying } = table;
  const margin = shownMargin === null ? null : shownMargin / quantity.scale;
  const measured = cells.filter((cell) => cell.measured.length > 0);
  const label = (cell: MeasuredCell): string => settingsText(varying, cell.settings) || cell.id;
  const values = (cell: MeasuredCell): string =>
    varying.map((setting) => settingLabel(setting, cell.settings[setting.path])).join(', ');
  const chosen = baseline === null ? bestCell(table) : null;
  const base = chosen?.cell ?? measured.find(({ id }) => id === baseline);
  if (!base && baseline !== null) {
    throw new Problem('not-found', `None of these complete runs belongs to the baseline cell ${baseline}.`);
  }
  if (!base || measured.length < 2) {
    throw new Problem('usage', 'Differences need complete runs of at least two cells.');
  }
  const compared = measured
    .filter((cell) => cell !== base)
    .map((cell) => {
      const firstStage = commonFirstStage([cell, base]);
      return { cell, result: compareSeeds(cell.measured, base.measured, { firstStage }) };
    });
  const results = compared.map(({ result }) => result);
  const chosenAmong = baseline === null ? measured.length : null;
  const judged = judgeComparisons(results, chosenAmong);
  const equivalent = margin === null ? [] : judgeEquivalence(results, margin, chosenAmong);
  const rows = compared.map(({ cell, result }, place): DifferenceRow => {
    const { test, method, n, differences, cautions } = result;
    const isSignificant = judged[place]?.isSignificant ?? false;
    const within = equivalent[place];
    return {
      ...{
        cell: cell.id,
        label: label(cell),
        values: values(cell),
        method,
        n,
        pairs: differences,
        runs: cell.runs,
      },
      difference: test?.difference ?? (method === 'paired' ? meanOf(differences) : meanLess(cell, base)),
      ...cutAt({ low: test?.low ?? null, high: test?.high ?? null }, differenceRange(quantity)),
      p: test?.p ?? null,
      adjustedP: judged[place]?.adjustedP ?? null,
      get signFlipP() {
        return result.signFlip?.p ?? null;
      },
      isSignificant,
      equivalence: within ? { ...within, verdict: verdictOf(isSignificant, within.isEquivalent) } : null,
      leftOut: leftOutText(cell.leftOut),
      caution: cautions.join(' '),
    };
  });
  const { mean: centre, n } = base.interval;
  const claims = [
    ...claimNotes(results, judged, chosenAmong),
    ...(margin === null ? [] : equivalenceNotes(quantity, margin, equivalent, chosenAmong)),
  ];
  return {
    ...{ quantity, margin, rows, settings: varying.map(({ title }) => title) },
    unmarked: unmarkedCells(
      table,
      measured.map(({ id }) => id),
    ),
    baseline: {
      ...{ cell: base.id, label: label(base), mean: centre ?? NaN, n, leftOut: leftOutText(base.leftOut) },
      chosenBy: chosen?.by ?? '',
    },
    claims,
    notes: [...claims, ...accountNotes(table)],
  };
}

/** What the difference of two values can be. */
function differenceRange({ range: [least, most] }: Quantity): Range {
  return [least - most, most - least];
}

function meanOf(pairs: readonly SeedDifference[]): number {
  return mean(pairs.map(({ difference }) => difference));
}

function meanLess(cell: MeasuredCell, base: MeasuredCell): number {
  return (cell.interval.mean ?? NaN) - (base.interval.mean ?? NaN);
}
