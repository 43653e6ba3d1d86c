import type Database from 'better-sqlite3';
import { isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { summarizedMetrics } from '../../src-shared/runs/series-columns.ts';
import { summarizeSeries } from './summarize-series.ts';

/**
 * Keeps last, least and greatest value of every metric of a run that ends; inside the caller's transaction,
 * before the run's state is set.
 *
 * @param values the run's points by field.
 */
export function saveSummaries(
  database: Database.Database,
  run: number,
  values: ReadonlyMap<string, readonly (number | null)[]>,
): void {
  if (values.size === 0) return;
  const summaries = [...summarizedMetrics, ...[...values.keys()].filter(isImportedMetric)].flatMap(
    (metric) => {
      const summary = summarizeSeries(values.get(metric) ?? []);
      return summary ? [[metric, summary] as const] : [];
    },
  );
  database
    .prepare('INSERT INTO summaries (run_id, values_json) VALUES (?, ?)')
    .run(run, JSON.stringify(Object.fromEntries(summaries)));
}

/** What `saveSummaries` kept; nothing of a run without. */
export function toSummaries(text: string | null): RunRow['summaries'] {
  return text === null ? {} : (JSON.parse(text) as RunRow['summaries']);
}
