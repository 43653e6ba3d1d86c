import type Database from 'better-sqlite3';
import type { KnownImport, KnownRun } from '../../src-shared/imports/known-import.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Factors } from '../../src-shared/studies/cell.ts';
import type { ImportedStudy } from '../../src-shared/studies/imported-study.ts';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import type { ImportStore } from './store.ts';
import { requireFreeName, studyOfHash } from './study-rows.ts';

/** Studies whose runs another program trained. */
export function importRows(database: Database.Database): ImportStore {
  return {
    findImport: (hash) => studyOfHash(database, 'definition_json', '$.imported.hash', hash),
    importedStudies: () =>
      database
        .prepare<[], string>(`SELECT name FROM studies WHERE ${IS_IMPORTED} ORDER BY id DESC`)
        .pluck()
        .all(),
    importedStudy: (name) => importedStudy(database, name),
    requireFree: (name) =>
      requireFreeName(
        database,
        name,
        `There is a study "${name}" already, of which these are no further runs: choose another name.`,
      ),
  };
}

const IS_IMPORTED = `trashed_at IS NULL AND json_type(definition_json, '$.imported') IS NOT NULL`;

interface KnownRow {
  cell: string;
  seed: number;
  state: RunState;
  metrics_json: string | null;
  note: string | null;
  has_curves: number;
}

function importedStudy(database: Database.Database, name: string): KnownImport {
  const study = findImported(database, name);
  const cells = database
    .prepare<[number], { key: string; factors_json: string }>(
      'SELECT key, factors_json FROM cells WHERE study_id = ? ORDER BY position',
    )
    .all(study.id);
  const runs = database
    .prepare<[number], KnownRow>(
      `SELECT key AS cell, seed, state, metrics_json, notes.text AS note,
         EXISTS (SELECT 1 FROM series WHERE run_id = runs.id) AS has_curves
       FROM runs JOIN cells ON cells.id = cell_id LEFT JOIN notes ON notes.run_id = runs.id
       WHERE study_id = ? AND trashed_at IS NULL ORDER BY runs.id`,
    )
    .all(study.id);
  return {
    definition: study.definition,
    text: study.text,
    cells: cells.map(({ key, factors_json: json }) => ({ id: key, factors: JSON.parse(json) as Factors })),
    runs: runs.map(({ cell, seed, state, metrics_json: metrics, note, has_curves: hasCurves }) => ({
      ...{ cell, seed, state, note: note ?? '', hasCurves: hasCurves === 1 },
      metrics: metrics === null ? {} : (JSON.parse(metrics) as KnownRun['metrics']),
    })),
  };
}

/** @throws Problem `usage` where it is not there (any more) */
export function findImported(
  database: Database.Database,
  name: string,
): { readonly id: number; readonly definition: ImportedStudy; readonly text: string } {
  const row = database
    .prepare<[string], { id: number; definition_json: string; text: string }>(
      `SELECT id, definition_json, text FROM studies WHERE name = ? AND ${IS_IMPORTED}`,
    )
    .get(name);
  if (!row) throw new Problem('usage', `There is no imported study "${name}" outside the trash any more.`);
  return { id: row.id, text: row.text, definition: JSON.parse(row.definition_json) as ImportedStudy };
}
