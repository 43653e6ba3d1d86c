import { isImportedMetric } from '../../metrics/imported-metric.ts';
import { rankCells } from '../../studies/choose-best.ts';
import { intervalText } from '../quantity.ts';
import { type CellTable, type MeasuredCell, settingsText } from './measured-cell.ts';
import { nText } from '../../numbers.ts';

export interface RankedCells {
  /** Those that have a run, the best first. */
  readonly cells: readonly MeasuredCell[];
  /** By what they are ordered, for people: `mean validation accuracy`. */
  readonly mean: string;
  /** Empty unless the order is, or may be, that of the test data, which chooses what it judges. */
  readonly caveat: string;
}

export interface ChosenCell {
  readonly cell: MeasuredCell;
  /** What it is the best by, for people: `best mean validation accuracy`. */
  readonly measure: string;
  /** The same, and whether the choice was made on the test data. */
  readonly by: string;
}

const UNKNOWN_PART =
  'selected by the values that are shown: on which part of the data they were measured is unknown';

/** Cells that have a run, the best first: ordered on the validation part where all runs have one. */
export function rankedCells({ cells, quantity, judge }: CellTable): RankedCells {
  const ranking = rankCells(cells, ({ measured }) => measured, quantity.better);
  return {
    cells: ranking.cells,
    mean: `mean ${(ranking.isJudged ? judge : quantity).title}`,
    caveat: isImportedMetric(quantity.name)
      ? UNKNOWN_PART
      : ranking.isJudged
        ? ''
        : `selected on the test data: not all runs have a ${judge.title}`,
  };
}

/** The first of these; null where no cell has a run. */
export function bestCell(table: CellTable): ChosenCell | null {
  const { cells, mean, caveat } = rankedCells(table);
  const [cell] = cells;
  if (!cell) return null;
  const measure = `best ${mean}`;
  return { cell, measure, by: [measure, caveat].filter((part) => part !== '').join(', ') };
}

/**
 * `best cell: SR = 1 (best mean validation accuracy), test accuracy (%) 82.0 ± 2.7, n = 3`; empty with fewer than two cells
 * that have a run.
 */
export function bestText(table: CellTable): string {
  const best = bestCell(table);
  if (!best || table.cells.filter(({ measured }) => measured.length > 0).length < 2) return '';
  const { settings, id, interval } = best.cell;
  const label = settingsText(table.varying, settings) || id;
  const mean = intervalText(table.quantity, interval);
  return `best cell: ${label} (${best.by}), ${table.quantity.axis} ${mean}, ${nText(interval.n)}`;
}
