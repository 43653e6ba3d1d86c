import type { Column } from '../../src-shared/runs/column.ts';
import { isNumeric } from '../../src-shared/metrics/value-kind.ts';
import { importedMetricColumns } from '../../src-shared/runs/imported-metric-columns.ts';
import { classNames, recallColumns } from '../../src-shared/runs/recall-columns.ts';
import { allColumns, requireColumn } from '../../src-shared/runs/resolve-column.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';

/**
 * Figures that have a better direction and a value in any run: what can be compared.
 *
 * @param datasets those of the runs that are compared: the recalls of their classes come last.
 */
export function metricChoices(index: RunIndex, datasets: Iterable<string>): readonly Column[] {
  const metrics = [...allColumns, ...importedMetricColumns(index)].filter(
    (column) => isNumeric(column.kind) && column.better !== null && !isCost(column) && index.isFilled(column),
  );
  return [...metrics, ...recallColumns(index, classNames(index, datasets))];
}

/** What a network costs before and after training. */
export function costChoices(index: RunIndex): readonly Column[] {
  return ['parameters', 'macs', 'seconds', 'peakMemoryBytes'].map(requireColumn).filter(index.isFilled);
}

function isCost({ key }: Column): boolean {
  return key === 'parameters' || key === 'macs';
}
