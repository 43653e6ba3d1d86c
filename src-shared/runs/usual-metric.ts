import type { Column } from './column.ts';
import { importedMetricColumns } from './imported-metric-columns.ts';
import { requireColumn } from './resolve-column.ts';
import type { RunIndex } from './run-index.ts';
import { runMetrics } from '../metrics/metrics.ts';

/**
 * What is shown of these runs unless something else is asked for: their test accuracy, or where no run has one, the first of
 * their results.
 */
export function usualMetric(index: RunIndex, rows: readonly number[]): string {
  const isFilled = (column: Column): boolean => {
    const values = index.values(column);
    return rows.some((row) => typeof values[row] === 'number');
  };
  const results = runMetrics.map(requireColumn).filter(({ better }) => better !== null);
  const found = results.find(isFilled) ?? importedMetricColumns(index).find(isFilled);
  return found?.key ?? 'testAccuracy';
}
