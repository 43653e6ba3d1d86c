import { importedMetricParts, type ImportedMetric } from '../metrics/imported-metric.ts';
import type { Direction } from '../metrics/value-kind.ts';
import { foreignFactorName } from '../studies/factor-path.ts';

/** What programs put before the name of a setting or result. */
const BEFORE = /^(?:run\.)?(?:params|config|hparams|hyperparameters|metrics|summary)[./]/i;

/** A column's name as filters read names: letters, digits, underscores and dots. */
export function plainName(column: string): string {
  const own = foreignFactorName(column) ?? importedMetricParts(column)?.name ?? column;
  const plain = own.replace(BEFORE, '').replaceAll(/[^\p{L}\p{N}_.]+/gu, '_');
  return plain.replaceAll(/^[_.]+|[_.]+$/g, '') || 'column';
}

/** The metric that a column is which Kindling does not measure. */
export function metricOfColumn(column: string, better: Direction): ImportedMetric {
  return `${better}.${plainName(column)}`;
}
