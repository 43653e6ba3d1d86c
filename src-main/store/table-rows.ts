import type Database from 'better-sqlite3';
import type { RunTable } from '../../src-shared/contract/api/runs.ts';
import type { CellRow, RunRow } from '../../src-shared/runs/run-row.ts';
import type { Factors } from '../../src-shared/studies/cell.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';
import { curvesOf } from './curve-rows.ts';
import { selectRuns, toRun, type SelectedRun } from './run-record-rows.ts';
import { SUMMARY_COLUMNS, toSummaries } from './summary-rows.ts';
import type { TableStore } from './store.ts';

type TableRow = SelectedRun & { id: number; dataset: string; note: string | null };

interface CellColumns {
  id: number;
  study: string;
  key: string;
  factors_json: string;
  network_json: string;
  recipe_json: string;
  parameters: number;
  macs: number;
}

const COLUMNS = [
  'runs.id',
  'studies.dataset',
  'notes.text AS note',
  ...SUMMARY_COLUMNS.map((column) => `summaries.${column}`),
];

/** What the table of runs and its charts need, in a few queries however many runs there are. */
export function tableRows(database: Database.Database, artifactsRoot: string): TableStore {
  return {
    runTable: (runs) => database.transaction(() => readTable(database, artifactsRoot, runs ?? null))(),
    revision: () => database.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n ?? 0,
    curves: (runs, metric) => database.transaction(() => curvesOf(database, runs, metric))(),
  };
}

/** Inside the caller's transaction. */
export function readTable(
  database: Database.Database,
  artifactsRoot: string,
  ids: readonly string[] | null,
): RunTable {
  const tags = readTags(database, ids);
  const rows = selectRuns<TableRow>(database, ids === null ? {} : { names: ids }, {
    columns: COLUMNS,
    joins: 'LEFT JOIN summaries ON summaries.run_id = runs.id LEFT JOIN notes ON notes.run_id = runs.id',
  });
  return {
    runs: rows.map((row) => toRow(toRun(row, artifactsRoot), row, tags.get(row.id) ?? [])),
    cells: readCells(database, ids),
  };
}

function toRow(run: RunRecord, row: TableRow, tags: readonly string[]): RunRow {
  return {
    ...run,
    dataset: row.dataset,
    note: row.note ?? '',
    tags,
    summaries: toSummaries(row),
  };
}

/** Tags by run, in alphabetical order. */
function readTags(database: Database.Database, ids: readonly string[] | null): Map<number, string[]> {
  const condition =
    ids === null
      ? ''
      : 'WHERE run_id IN (SELECT id FROM runs WHERE name IN (SELECT value FROM json_each(?)))';
  const rows = database
    .prepare<string[], { run: number; tag: string }>(
      `SELECT run_id AS run, tag FROM tags ${condition} ORDER BY run_id, tag`,
    )
    .all(...(ids === null ? [] : [JSON.stringify(ids)]));
  const tags = new Map<number, string[]>();
  for (const { run, tag } of rows) {
    const known = tags.get(run);
    if (known) known.push(tag);
    else tags.set(run, [tag]);
  }
  return tags;
}

/** The cells that belong to a present definition or have runs; with `ids` those of these runs. */
function readCells(database: Database.Database, ids: readonly string[] | null): CellRow[] {
  const condition =
    ids === null
      ? '(position IS NOT NULL OR EXISTS (SELECT 1 FROM runs WHERE cell_id = cells.id))'
      : 'cells.id IN (SELECT cell_id FROM runs WHERE name IN (SELECT value FROM json_each(?)))';
  return database
    .prepare<string[], CellColumns>(
      `SELECT cells.id, studies.name AS study, key, factors_json, network_json, recipe_json, parameters, macs
       FROM cells JOIN studies ON studies.id = cells.study_id
       WHERE studies.trashed_at IS NULL AND ${condition} ORDER BY cells.id`,
    )
    .all(...(ids === null ? [] : [JSON.stringify(ids)]))
    .map((row) => ({
      study: row.study,
      id: row.key,
      factors: JSON.parse(row.factors_json) as Factors,
      network: JSON.parse(row.network_json) as Record<string, unknown>,
      recipe: JSON.parse(row.recipe_json) as Recipe,
      parameters: row.parameters,
      macs: row.macs,
    }));
}
