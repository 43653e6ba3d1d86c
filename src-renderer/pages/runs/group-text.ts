import { extent } from 'd3-array';
import type { Column, ColumnValue } from '../../../src-shared/runs/column.ts';
import { isNumeric } from '../../../src-shared/metrics/value-kind.ts';
import type { RunGroup } from '../../../src-shared/runs/group-rows.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { timesNote } from '../../../src-shared/runs/times-note.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { columnText, isAveraged, meanText } from '../../format/column-text.ts';
import { nText } from '../../../src-shared/numbers.ts';

/**
 * What the head of a group shows in a column: of a result the mean with its 95 % t interval, and n where it is not the group's; of
 * anything else (settings, seeds, times of day) what all runs share, or from where to where its numbers go.
 */
export function groupText(index: RunIndex, group: RunGroup, column: Column): string {
  const values = index.values(column);
  const own = group.rows.map((row) => values[row] ?? null);
  if (!isAveraged(column)) return sharedText(own, column);
  const summary = group.summaries.get(column.key);
  if (!summary || summary.n === 0) return columnText(column, null);
  const n = summary.n === group.n ? '' : ` (${nText(summary.n)})`;
  return `${meanText(column, summary)}${n}`;
}

/** What is to be said of the times that the head shows; empty where there is nothing. */
export function groupNote(index: RunIndex, group: RunGroup, columns: readonly Column[]): string {
  return timesNote(columns.filter(isAveraged), runsAt(index, group.replicates));
}

function sharedText(values: readonly ColumnValue[], column: Column): string {
  const numbers = values.filter((value) => typeof value === 'number');
  if (isNumeric(column.kind) && numbers.length === values.length && values.length > 0) {
    const [least, most] = extent(numbers).map((value) => columnText(column, value ?? null));
    return least === most ? (least ?? '') : `${least} to ${most}`;
  }
  const texts = new Set(values.map((value) => columnText(column, value)));
  const [first = ''] = texts;
  return texts.size <= 1 ? first : '…';
}
