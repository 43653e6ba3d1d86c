import type { Column, ColumnValue } from '../../../src-shared/runs/column.ts';
import { isNumeric } from '../../../src-shared/runs/column.ts';
import type { RunGroup } from '../../../src-shared/runs/group-rows.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { columnText, halfWidthText, isAveraged } from './column-text.ts';

/**
 * What the head of a group shows in a column: of a result the mean with half the width of its 95 % t interval; of
 * anything else (settings, seeds, times of day) what all runs share, or from where to where its numbers go.
 */
export function groupText(index: RunIndex, group: RunGroup, column: Column): string {
  const values = index.values(column);
  const own = group.rows.map((row) => values[row] ?? null);
  return isAveraged(column) ? meanText(group, column) : sharedText(own, column);
}

function meanText({ summaries }: RunGroup, column: Column): string {
  const { mean = null, low = null, high = null } = summaries.get(column.key) ?? {};
  if (mean === null) return columnText(column, null);
  const centre = columnText(column, mean);
  if (low === null || high === null) return centre;
  return `${centre.replace(' %', '')} ± ${halfWidthText(column, low, high)}`;
}

function sharedText(values: readonly ColumnValue[], column: Column): string {
  const texts = new Set(values.map((value) => columnText(column, value)));
  const [first = ''] = texts;
  if (texts.size <= 1) return first;
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const [least, most] = [numbers[0], numbers.at(-1)];
  if (!isNumeric(column.kind) || numbers.length < values.length || least === undefined || most === undefined)
    return '…';
  return `${columnText(column, least)} to ${columnText(column, most)}`;
}
