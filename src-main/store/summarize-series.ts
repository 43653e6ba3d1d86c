import type { SeriesSummary } from '../../src-shared/metrics/measured-values.ts';

/** Last, least and greatest of the values that were measured; null where none was. */
export function summarizeSeries(values: readonly (number | null)[]): SeriesSummary | null {
  let summary: SeriesSummary | null = null;
  for (const value of values) {
    if (value === null) continue;
    summary = {
      last: value,
      min: summary === null ? value : Math.min(summary.min, value),
      max: summary === null ? value : Math.max(summary.max, value),
    };
  }
  return summary;
}
