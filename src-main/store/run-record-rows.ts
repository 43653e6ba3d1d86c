import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { failureSchema } from '../../src-shared/studies/trainer-protocol.ts';
import type { Factors } from '../../src-shared/studies/cell.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import { type RunMetrics, runMetricsOf } from '../../src-shared/metrics/measured-values.ts';
import { type ImportedMetric, isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import type { FindRunFolder } from './run-folder.ts';
import { EXTENSION, parseExtension } from './extension-rows.ts';
import { INTERRUPTIONS, IS_REPEATED, parseInterruptions, toInterruption } from './interruption-rows.ts';
import { parseFusedWith } from './result-rows.ts';
import type { RunFilter } from './store.ts';

/** A run as it is selected, before it becomes a record. */
export type SelectedRun = Record<string, number | null> & {
  name: string;
  study: string;
  cell: string;
  seed: number;
  state: RunState;
  factors_json: string;
  metrics_json: string | null;
  parameters: number | null;
  macs: number | null;
  imported_from: string | null;
  opened_from: string | null;
  created_at: number;
  mode: 'compiled' | 'eager' | null;
  mode_reason: string | null;
  images: string | null;
  engine: string | null;
  engine_version: string | null;
  device: string | null;
  threads: number | null;
  fused_with: string | null;
  retry_of_name: string | null;
  interruptions_json: string | null;
  extension_json: string | null;
  failure_code: string | null;
  failure_message: string | null;
};

const COLUMNS = `
  runs.name, studies.name AS study, cells.key AS cell, runs.seed, runs.state, cells.factors_json,
  cells.parameters, cells.macs, runs.created_at, runs.started_at, runs.ended_at, runs.seconds, runs.step,
  runs.total_steps, runs.mode, runs.mode_reason, runs.images, runs.failure_code, runs.failure_message, runs.failure_step,
  provenance.engine, provenance.engine_version, provenance.device, provenance.threads, provenance.fused_with,
  earlier.name AS retry_of_name,
  runs.metrics_json, runs.imported_from, runs.skipped, ${IS_REPEATED} AS repeated, ${INTERRUPTIONS}, ${EXTENSION},
  CASE WHEN runs.opened = 1 THEN json_extract(studies.opened_json, '$.file') END AS opened_from`;

const TABLES = `
  runs
  JOIN cells ON cells.id = runs.cell_id
  JOIN studies ON studies.id = cells.study_id
  LEFT JOIN provenance ON provenance.run_id = runs.id
  LEFT JOIN runs AS earlier ON earlier.id = runs.retry_of`;

/** Further columns, and the joins that they need. */
interface Extension {
  readonly columns: readonly string[];
  readonly joins: string;
}

/** Runs outside the trash that pass the filter, in the order in which they were added. */
export function selectRuns<Row = SelectedRun>(
  database: Database.Database,
  filter: RunFilter,
  extension: Extension = { columns: [], joins: '' },
): Row[] {
  const conditions = ['studies.trashed_at IS NULL', 'runs.trashed_at IS NULL'];
  const values: string[] = [];
  const demand = (condition: string, value: string | undefined): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  const among = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;
  demand(among('runs.name'), filter.ids && JSON.stringify(filter.ids));
  demand('studies.name = ?', filter.study);
  demand('cells.key = ?', filter.cell);
  demand(among('cells.key'), filter.cells && JSON.stringify(filter.cells));
  demand(among('runs.state'), filter.states && JSON.stringify(filter.states));
  const columns = [COLUMNS, ...extension.columns].join(', ');
  return database
    .prepare<string[], Row>(
      `SELECT ${columns} FROM ${TABLES} ${extension.joins} WHERE ${conditions.join(' AND ')} ORDER BY runs.id`,
    )
    .all(...values);
}

/**
 * The record of a selected run.
 */
export function toRun(row: SelectedRun, findFolder: FindRunFolder): RunRecord {
  const metrics = JSON.parse(row.metrics_json ?? '{}') as Partial<RunMetrics>;
  return {
    id: row.name,
    study: row.study,
    cell: row.cell,
    seed: row.seed,
    state: row.state,
    ...(row['skipped'] === 1 && { skipped: true as const }),
    ...(row['repeated'] === 1 && { repeated: true as const }),
    importedFrom: row.imported_from,
    openedFrom: row.opened_from,
    parameters: row.parameters,
    macs: row.macs,
    factors: JSON.parse(row.factors_json) as Factors,
    metrics: { ...runMetricsOf((name) => metrics[name]), ...(row.imported_from && furtherMetrics(metrics)) },
    createdAt: new Date(row.created_at).toISOString(),
    startedAt: timeText(row['started_at']),
    endedAt: timeText(row['ended_at']),
    seconds: row['seconds'] ?? null,
    engine: row.engine,
    engineVersion: row.engine_version,
    device: row.device,
    threads: row.threads,
    ...parseFusedWith(row.fused_with),
    step: row['step'] ?? null,
    totalSteps: row['total_steps'] ?? null,
    mode: row.mode,
    modeReason: row.mode_reason,
    ...(row.images !== null && { images: row.images }),
    failure: failureOf(row),
    interruptions: parseInterruptions(row.interruptions_json).map(toInterruption),
    ...parseExtension(row.extension_json),
    retryOf: row.retry_of_name,
    artifacts: typeof row['started_at'] === 'number' ? folderOf(row, findFolder) : null,
  };
}

/** Of a run that was trained elsewhere only where somebody has put it here. */
function folderOf({ name, opened_from: from }: SelectedRun, findFolder: FindRunFolder): string | null {
  const folder = findFolder(name);
  return from === null || existsSync(folder) ? folder : null;
}

/** Of an imported run, those that Kindling does not measure. */
function furtherMetrics(metrics: Partial<RunMetrics>): Partial<Record<ImportedMetric, number>> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, value]) =>
      isImportedMetric(name) && typeof value === 'number' ? [[name, value]] : [],
    ),
  );
}

/** Why a run failed, of its columns; null for one that did not. */
export function failureOf(row: {
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly failure_step?: number | null;
}): RunRecord['failure'] {
  if (row.failure_code === null) return null;
  return failureSchema.parse({
    code: row.failure_code,
    message: row.failure_message,
    step: row.failure_step ?? null,
  });
}

function timeText(milliseconds: number | null | undefined): string | null {
  return milliseconds === null || milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}
