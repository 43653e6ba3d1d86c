import { Problem } from '../../contract/problem.ts';
import { cellText } from '../../names/factor-text.ts';
import { compareSeeds } from '../../statistics/compare-seeds.ts';
import { holmAdjusted } from '../../statistics/holm.ts';
import { accountNotes, leftOutText } from '../cells/account-notes.ts';
import type { CellTable, MeasuredCell } from '../cells/measured-cell.ts';
import type { Quantity } from '../quantity.ts';

/** One cell against the baseline: cell minus baseline. */
export interface DifferenceRow {
  readonly cell: string;
  readonly label: string;
  readonly method: 'paired' | 'unpaired' | 'none';
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided t test; null where none is possible. */
  readonly p: number | null;
  /** The same after Holm's correction over all rows. */
  readonly adjustedP: number | null;
  /** Of a sign-flip test over the pairs, and the least p that so many pairs can give. */
  readonly signFlipP: number | null;
  readonly leastSignFlipP: number | null;
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
  readonly baseline: {
    readonly cell: string;
    readonly label: string;
    readonly mean: number;
    readonly n: number;
    /** Its runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
    readonly leftOut: string;
  };
  readonly rows: readonly DifferenceRow[];
  /** What is to be said of runs that are left out; empty without such. */
  readonly notes: readonly string[];
}

/**
 * Every cell against one of them, paired by seed, with p values corrected for their number.
 *
 * @param baseline id of a cell; null for the best mean.
 * @throws Problem `not-found` for a baseline without runs, `usage` with fewer than two cells.
 */
export function differencesData(table: CellTable, baseline: string | null): DifferencesData {
  const { cells, quantity, varying } = table;
  const measured = cells.filter((cell) => cell.measured.length > 0);
  const paths = varying.map(({ path }) => path);
  const label = (cell: MeasuredCell): string => cellText(cell.settings, paths) || cell.id;
  const base = baseline === null ? bestCell(measured, quantity) : measured.find(({ id }) => id === baseline);
  if (!base && baseline !== null) {
    throw new Problem(
      'not-found',
      `Among these runs no complete one is of the cell ${baseline}, the baseline.`,
    );
  }
  if (!base || measured.length < 2) {
    throw new Problem('usage', 'Differences need complete runs of at least two cells.');
  }
  const compared = measured
    .filter((cell) => cell !== base)
    .map((cell) => ({ cell, result: compareSeeds(cell.measured, base.measured) }));
  const adjusted = holmAdjusted(compared.map(({ result }) => result.test?.p ?? null));
  const rows = compared.map(({ cell, result }, place): DifferenceRow => {
    const { test, signFlip, method, n, differences, cautions } = result;
    return {
      ...{ cell: cell.id, label: label(cell), method, n, pairs: differences, runs: cell.runs },
      difference: test?.difference ?? (cell.interval.mean ?? NaN) - (base.interval.mean ?? NaN),
      ...{ low: test?.low ?? null, high: test?.high ?? null, p: test?.p ?? null },
      ...{ adjustedP: adjusted[place] ?? null, signFlipP: signFlip?.p ?? null },
      leastSignFlipP: signFlip?.smallestP ?? null,
      leftOut: leftOutText(cell.leftOut),
      caution: cautions.join(' '),
    };
  });
  const { mean, n } = base.interval;
  return {
    quantity,
    baseline: { cell: base.id, label: label(base), mean: mean ?? NaN, n, leftOut: leftOutText(base.leftOut) },
    rows,
    notes: accountNotes(table),
  };
}

/** The cell with the best mean; undefined without any. */
export function bestCell(cells: readonly MeasuredCell[], { better }: Quantity): MeasuredCell | undefined {
  const sign = better === 'lower' ? -1 : 1;
  return cells.toSorted((a, b) => sign * ((b.interval.mean ?? NaN) - (a.interval.mean ?? NaN)))[0];
}
