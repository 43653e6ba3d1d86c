import type Database from 'better-sqlite3';
import { SERIES_METRICS, type RunRow, type SeriesMetric } from '../../src-shared/runs/run-row.ts';
import { EPOCH_POINTS, STEP_POINTS } from './point-columns.ts';
import { summarizeSeries } from './summarize-series.ts';

const COLUMN_OF = new Map<string, string>([...EPOCH_POINTS.columns, ...STEP_POINTS.columns]);

/** Each summarized metric with its columns in `summaries`. */
const SUMMARIES = SERIES_METRICS.map((metric) => {
  const column = columnOf(metric);
  return { metric, column, last: `${column}_last`, min: `${column}_min`, max: `${column}_max` };
});

/** All columns of `summaries` but the run. */
export const SUMMARY_COLUMNS = SUMMARIES.flatMap(({ last, min, max }) => [last, min, max]);

/**
 * Keeps last, least and greatest value of every metric of a run that ends; inside the caller's transaction,
 * before the run's state is set.
 *
 * @param values the run's points by column.
 */
export function saveSummaries(
  database: Database.Database,
  run: number,
  values: ReadonlyMap<string, readonly (number | null)[]>,
): void {
  if (values.size === 0) return;
  const cells = SUMMARIES.flatMap(({ column }) => {
    const summary = summarizeSeries(values.get(column) ?? []);
    return [summary?.last ?? null, summary?.min ?? null, summary?.max ?? null];
  });
  database
    .prepare(
      `INSERT INTO summaries (run_id, ${SUMMARY_COLUMNS.join(', ')})
       VALUES (?, ${SUMMARY_COLUMNS.map(() => '?').join(', ')})`,
    )
    .run(run, ...cells);
}

/** The summaries in a row that holds the columns of `summaries`. */
export function toSummaries(row: Readonly<Record<string, number | null>>): RunRow['summaries'] {
  const summaries: { -readonly [Metric in SeriesMetric]?: { last: number; min: number; max: number } } = {};
  for (const { metric, last, min, max } of SUMMARIES) {
    const [end, least, greatest] = [row[last], row[min], row[max]];
    if (typeof end !== 'number' || typeof least !== 'number' || typeof greatest !== 'number') continue;
    summaries[metric] = { last: end, min: least, max: greatest };
  }
  return summaries;
}

function columnOf(metric: SeriesMetric): string {
  const column = COLUMN_OF.get(metric);
  if (column === undefined) throw new Error(`no points are kept of ${metric}`);
  return column;
}
