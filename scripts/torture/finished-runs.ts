import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import SQLite from '../../src-main/files/sqlite.ts';
import type { Store } from '../../src-main/store/store.ts';

/** Tables that may grow beside a finished run: what people and analyses add, and what is derived. */
const BESIDE = new Set(['analyses', 'notes', 'tags', 'summaries']);

/** Of a row of `runs` that may change after its end: where its resume checkpoints are, what a person decides. */
const MAY_CHANGE = new Set(['resume_files', 'skipped', 'trashed_at']);

/** Of each complete run of a study hashes of all its rows and files, by table and name. */
export function finishedRuns(store: Store, study: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const database = new SQLite(store.file, { readonly: true });
  try {
    const complete = store.runs({ study }).filter(({ state }) => state === 'complete');
    return new Map(
      complete.map(({ id }) => [id, new Map([...rowsOf(database, id), ...filesOf(store.runFolder(id))])]),
    );
  } finally {
    database.close();
  }
}

/** @returns the tables and files of which something is another, gone or new */
export function differences(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => before.get(name) !== now.get(name));
}

function rowsOf(database: Database.Database, run: string): [table: string, hash: string][] {
  const row = database
    .prepare<[string], Record<string, unknown>>('SELECT * FROM runs WHERE name = ?')
    .get(run);
  const lasting = JSON.stringify(row, (name, value: unknown) => (MAY_CHANGE.has(name) ? null : value));
  const others = tablesOfRuns(database).map((table): [string, string] => {
    const rows = database.prepare(`SELECT * FROM ${table} WHERE run_id = ?`).raw().all(row?.['id']);
    // in whatever order SQLite finds them
    return [table, hashOf(JSON.stringify(rows.map((each) => JSON.stringify(each)).sort()))];
  });
  return [['runs', hashOf(lasting)], ...others];
}

function tablesOfRuns(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table'
         AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_schema.name) WHERE name = 'run_id') ORDER BY name`,
    )
    .pluck()
    .all()
    .filter((table) => !BESIDE.has(table));
}

/** Without resume checkpoints, which end with the run, and what analyses put beside in folders. */
function filesOf(folder: string): [name: string, hash: string][] {
  const entries = fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : [];
  return entries
    .filter((each) => each.isFile() && !each.name.includes('resume-'))
    .map(({ name }) => [name, hashOf(fs.readFileSync(path.join(folder, name)))]);
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
