import type Database from 'better-sqlite3';
import type { FindRunFolder } from './run-folder.ts';
import type { RunTable } from '../../src-shared/contract/api/runs.ts';
import { MOST_RECALLS } from '../../src-shared/runs/recall-columns.ts';
import type { CellRow, RunRow } from '../../src-shared/runs/run-row.ts';
import type { Factors } from '../../src-shared/studies/cell.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { KnownStudy } from '../../src-shared/studies/imported-study.ts';
import { curvesOf } from './curve-rows.ts';
import { jsonReader, recipeReader } from './json-texts.ts';
import { selectRuns, toRun, type SelectedRun } from './run-record-rows.ts';
import { toSummaries } from './summary-rows.ts';
import type { TableStore } from './store.ts';
import { seedsOfStudy } from './study-account.ts';
import { attemptsOf } from './study-rows.ts';

type TableRow = SelectedRun & {
  id: number;
  dataset: string;
  note: string | null;
  recalls_json: string | null;
  summaries_json: string | null;
};

interface CellColumns {
  id: number;
  study: string;
  key: string;
  position: number | null;
  factors_json: string;
  network_json: string;
  recipe_json: string;
  parameters: number | null;
  macs: number | null;
}

/** Of many classes not even the number is counted. */
const RECALLS = `
  CASE WHEN (SELECT max(class) FROM class_accuracies WHERE run_id = runs.id) < ${MOST_RECALLS} THEN
    (SELECT json_group_array(accuracy ORDER BY class) FROM class_accuracies WHERE run_id = runs.id)
  END AS recalls_json`;

const COLUMNS = [
  'runs.id',
  'studies.dataset',
  'notes.text AS note',
  RECALLS,
  'summaries.values_json AS summaries_json',
];

/** What the table of runs and its charts need, in a few queries however many runs there are. */
export function tableRows(database: Database.Database, findFolder: FindRunFolder): TableStore {
  return {
    runTable: (runs) => database.transaction(() => readTable(database, findFolder, runs ?? null))(),
    cellRows: (study) => selectCells(database, `studies.name = ? AND ${KNOWN_CELLS}`, study),
    revision: () => database.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n ?? 0,
    curves: (runs, metric) => database.transaction(() => curvesOf(database, runs, metric))(),
  };
}

/** Inside the caller's transaction. */
export function readTable(
  database: Database.Database,
  findFolder: FindRunFolder,
  ids: readonly string[] | null,
): RunTable {
  const tags = readTags(database, ids);
  const rows = selectRuns<TableRow>(database, ids === null ? {} : { ids }, {
    columns: COLUMNS,
    joins: 'LEFT JOIN summaries ON summaries.run_id = runs.id LEFT JOIN notes ON notes.run_id = runs.id',
  });
  return {
    runs: rows.map((row) => toRow(toRun(row, findFolder), row, tags.get(row.id) ?? [])),
    cells: readCells(database, ids),
  };
}

function toRow(run: RunRecord, row: TableRow, tags: readonly string[]): RunRow {
  return {
    ...run,
    dataset: row.dataset,
    note: row.note ?? '',
    tags,
    recalls: row.recalls_json === null ? [] : (JSON.parse(row.recalls_json) as (number | null)[]),
    summaries: toSummaries(row.summaries_json),
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
  return ids === null
    ? selectCells(database, KNOWN_CELLS)
    : selectCells(
        database,
        'cells.id IN (SELECT cell_id FROM runs WHERE name IN (SELECT value FROM json_each(?)))',
        JSON.stringify(ids),
      );
}

/** Of a present definition, or with runs. */
const KNOWN_CELLS =
  '(position IS NOT NULL OR EXISTS (SELECT 1 FROM runs WHERE cell_id = cells.id AND trashed_at IS NULL))';

/** Study by study: the cells of its present definition in their order, then those that it no longer has. */
function selectCells(database: Database.Database, condition: string, ...values: string[]): CellRow[] {
  const seedsOf = seedsReader(database);
  const readJson = jsonReader();
  const readRecipe = recipeReader();
  return database
    .prepare<string[], CellColumns>(
      `SELECT cells.id, studies.name AS study, key, position, factors_json, network_json, recipe_json, parameters, macs
       FROM cells JOIN studies ON studies.id = cells.study_id
       WHERE studies.trashed_at IS NULL AND ${condition}
       ORDER BY studies.id, position IS NULL, position, cells.id`,
    )
    .all(...values)
    .map((row) => {
      const factors = readJson(row.factors_json) as Factors;
      return {
        study: row.study,
        ...(row.position === null ? { asked: null } : seedsOf(row.study, { id: row.key, factors })),
        id: row.key,
        factors,
        network: readJson(row.network_json) as CellRow['network'],
        recipe: readRecipe(row.recipe_json),
        parameters: row.parameters,
        macs: row.macs,
      };
    });
}

type SeedsOf = ReturnType<typeof seedsOfStudy>;

/** Gives the seeds of a study's cells; the definition of each study is read once. */
function seedsReader(
  database: Database.Database,
): (study: string, cell: Parameters<SeedsOf>[0]) => ReturnType<SeedsOf> {
  const read = database.prepare<[string], { definition_json: string }>(
    'SELECT definition_json FROM studies WHERE name = ?',
  );
  const known = new Map<string, SeedsOf>();
  return (study, cell) => {
    const seedsOf =
      known.get(study) ??
      seedsOfStudy(JSON.parse(read.get(study)?.definition_json ?? '') as KnownStudy, () =>
        attemptsOf(database, study),
      );
    known.set(study, seedsOf);
    return seedsOf(cell);
  };
}
