import type Database from 'better-sqlite3';
import { unpackSeries } from '../series-blob.ts';
import { summarizeSeries } from '../summarize-series.ts';

/** As this version of the format has them, whatever later ones add. */
const METRICS = [
  'loss',
  'accuracy',
  'training_loss',
  'training_accuracy',
  'training_top5',
  'validation_loss',
  'validation_accuracy',
  'validation_top5',
];

export const SUMMARY_COLUMNS = METRICS.flatMap((metric) => [
  `${metric}_last`,
  `${metric}_min`,
  `${metric}_max`,
]);

/** Summarizes the runs that ended before summaries were kept. */
export function fillSummaries(database: Database.Database): void {
  const runs = database.prepare<[], { run: number }>('SELECT DISTINCT run_id AS run FROM series').all();
  const read = database.prepare<[number, string], { metric: string; data: Buffer }>(
    'SELECT metric, data FROM series WHERE run_id = ? AND metric IN (SELECT value FROM json_each(?))',
  );
  const save = database.prepare(
    `INSERT INTO summaries (run_id, ${SUMMARY_COLUMNS.join(', ')}) VALUES (?, ${SUMMARY_COLUMNS.map(() => '?').join(', ')})`,
  );
  const metrics = JSON.stringify(METRICS);
  for (const { run } of runs) {
    const series = new Map(read.all(run, metrics).map(({ metric, data }) => [metric, unpackSeries(data)]));
    const values = METRICS.flatMap((metric) => {
      const summary = summarizeSeries(series.get(metric) ?? []);
      return [summary?.last ?? null, summary?.min ?? null, summary?.max ?? null];
    });
    save.run(run, ...values);
  }
}
