import type Database from 'better-sqlite3';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Failure } from '../../src-shared/studies/trainer-protocol.ts';
import type { ValuedAttempt } from '../../src-shared/runs/account.ts';
import type { CostedCell, Factors, StoredCell } from '../../src-shared/studies/cell.ts';
import type { KnownStudy } from '../../src-shared/studies/imported-study.ts';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import { RUN_STATES, type RunState } from '../../src-shared/studies/run-state.ts';
import { jsonReader, jsonWriter, recipeReader } from './json-texts.ts';
import { STAGED } from './trash-rows.ts';
import type { StudyChange, StudyInput, StudyRecord, StudyStore } from './store.ts';

interface StudyRow {
  id: number;
  name: string;
  dataset: string;
  data_hash: string;
  definition_json: string;
  text: string;
  note: string | null;
  note_changed_at: number | null;
  tags_json: string;
  opened_json: string | null;
  created_at: number;
  updated_at: number;
  cells: number;
  artifact_bytes: number;
  trashed_runs: number;
}

interface CellRow {
  key: string;
  factors_json: string;
  network_json: string;
  recipe_json: string;
  parameters: number | null;
  macs: number | null;
}

const SELECT_STUDY = `
  SELECT id, name, dataset, data_hash, definition_json, studies.text, opened_json, created_at, updated_at,
    study_notes.text AS note, study_notes.changed_at AS note_changed_at,
    (SELECT json_group_array(tag ORDER BY tag) FROM study_tags WHERE study_tags.study_id = studies.id) AS tags_json,
    (SELECT count(*) FROM cells WHERE study_id = studies.id AND position IS NOT NULL) AS cells,
    (SELECT coalesce(sum(bytes), 0) FROM artifacts JOIN runs ON runs.id = run_id
      JOIN cells ON cells.id = cell_id WHERE study_id = studies.id AND opened = 0 AND runs.trashed_at IS NULL) AS artifact_bytes,
    (SELECT count(*) FROM runs JOIN cells ON cells.id = cell_id
      WHERE study_id = studies.id AND runs.trashed_at IS NOT NULL) AS trashed_runs
  FROM studies LEFT JOIN study_notes ON study_notes.study_id = studies.id WHERE trashed_at IS NULL`;

/** Studies and their cells. */
export function studyRows(database: Database.Database): StudyStore {
  const findStudy = (name: string): StudyRecord | null => {
    const row = database.prepare<[string], StudyRow>(`${SELECT_STUDY} AND name = ?`).get(name);
    return row ? toStudy(database, row) : null;
  };
  const studies = (): StudyRecord[] =>
    database
      .prepare<[], StudyRow>(`${SELECT_STUDY} ORDER BY id`)
      .all()
      .map((row) => toStudy(database, row));
  return {
    findStudy,
    studies,
    study: (name) => {
      const study = findStudy(name);
      if (study) return study;
      const names = studies().map((other) => other.name);
      const known = names.length > 0 ? `the store holds ${names.join(', ')}` : 'the store holds none yet';
      throw new Problem('not-found', `There is no study "${name}": ${known}.`);
    },
    saveStudy: (study) => database.transaction(() => saveStudy(database, study)).immediate(),
    cells: (study) =>
      database
        .prepare<[string], CellRow>(
          `SELECT key, factors_json, network_json, recipe_json, parameters, macs
           FROM cells JOIN studies ON studies.id = cells.study_id
           WHERE studies.name = ? AND trashed_at IS NULL AND position IS NOT NULL ORDER BY position`,
        )
        .all(study)
        .map(cellReader()),
    cellFactors: (study) =>
      database
        .prepare<[string], Pick<CellRow, 'key' | 'factors_json'>>(
          `SELECT key, factors_json FROM cells JOIN studies ON studies.id = cells.study_id
           WHERE studies.name = ? AND trashed_at IS NULL AND position IS NOT NULL ORDER BY position`,
        )
        .all(study)
        .map(({ key, factors_json: factors }) => ({ id: key, factors: JSON.parse(factors) as Factors })),
    attempts: (study) => attemptsOf(database, study),
  };
}

function saveStudy(
  database: Database.Database,
  { definition, text, dataHash, cells }: StudyInput,
): StudyChange {
  const now = Date.now();
  const known = database
    .prepare<[string], { trashed_at: number | null; text: string; data_hash: string; imported: number }>(
      `SELECT trashed_at, text, data_hash, json_type(definition_json, '$.imported') IS NOT NULL AS imported
       FROM studies WHERE name = ?`,
    )
    .get(definition.name);
  if (known?.imported === 1)
    throw new Problem(
      'usage',
      `The runs of the study "${definition.name}" were imported; choose another name for one that is trained here.`,
    );
  if (known) requireUntrashed(definition.name, known.trashed_at);
  const row = database
    .prepare<unknown[], { id: number }>(
      `INSERT INTO studies (name, dataset, data_hash, definition_json, text, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET dataset = excluded.dataset, data_hash = excluded.data_hash,
         definition_json = excluded.definition_json, text = excluded.text, updated_at = excluded.updated_at
       RETURNING id`,
    )
    .get(definition.name, definition.dataset, dataHash, JSON.stringify(definition), text, now, now);
  const study = row?.id ?? 0;
  const all = new Set(keys(database, study, 'TRUE'));
  const former = keys(database, study, 'position IS NOT NULL');
  const isSame =
    known?.text === text &&
    known.data_hash === dataHash &&
    former.length === cells.length &&
    cells.every(({ id }, position) => id === former[position]);
  if (!isSame) saveCells(database, study, cells);
  const present = new Set(cells.map((cell) => cell.id));
  const kept = cells.filter((cell) => all.has(cell.id)).length;
  return {
    created: !known,
    changed: !isSame,
    added: cells.length - kept,
    kept,
    dropped: former.filter((key) => !present.has(key)).length,
  };
}

function saveCells(database: Database.Database, study: number, cells: readonly CostedCell[]): void {
  database.prepare('UPDATE cells SET position = NULL WHERE study_id = ?').run(study);
  const save = database.prepare(
    `INSERT INTO cells (study_id, key, position, factors_json, network_json, recipe_json, parameters, macs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (study_id, key) DO UPDATE SET position = excluded.position,
       factors_json = excluded.factors_json, parameters = excluded.parameters, macs = excluded.macs`,
  );
  const textOf = jsonWriter();
  for (const [position, { id, factors, network, recipe, parameters, macs }] of cells.entries()) {
    const texts = [JSON.stringify(factors), textOf(network), textOf(recipe)];
    save.run(study, id, position, ...texts, parameters, macs);
  }
}

/** The study, in the trash or out of it, with this hash of its source at a path of a column; null where there is none. */
export function studyOfHash(
  database: Database.Database,
  column: 'definition_json' | 'opened_json',
  path: string,
  hash: string,
): { readonly study: string; readonly isTrashed: boolean } | null {
  const row = database
    .prepare<[string], { name: string; trashed_at: number | null }>(
      `SELECT name, trashed_at FROM studies
       WHERE json_extract(${column}, '${path}') = ? AND trashed_at IS NOT ${STAGED}`,
    )
    .get(hash);
  return row ? { study: row.name, isTrashed: row.trashed_at !== null } : null;
}

/** @throws Problem `usage` for a name that a study has: with `message`, or that it is in the trash */
export function requireFreeName(database: Database.Database, name: string, message: string): void {
  const known = database
    .prepare<[string], { trashed_at: number | null }>('SELECT trashed_at FROM studies WHERE name = ?')
    .get(name);
  if (!known) return;
  requireUntrashed(name, known.trashed_at);
  throw new Problem('usage', message);
}

/** @throws Problem `usage` for the name of a study that is in the trash */
function requireUntrashed(name: string, trashedAt: number | null): void {
  if (trashedAt === null) return;
  throw new Problem(
    'usage',
    `The study "${name}" is in the trash: restore it, delete it permanently, or choose another name.`,
  );
}

interface AttemptRow {
  id: string;
  cell: string;
  seed: number;
  state: RunState;
  failure_code: Failure['code'] | null;
  skipped: number;
  value: number | null;
}

export function attemptsOf(database: Database.Database, study: string): ValuedAttempt[] {
  return database
    .prepare<[string], AttemptRow>(
      `SELECT runs.name AS id, key AS cell, seed, state, step, failure_code, skipped,
         json_extract(metrics_json, '$.' || json_extract(definition_json, '$.until.metric')) AS value
       FROM studies JOIN cells ON cells.study_id = studies.id JOIN runs ON runs.cell_id = cells.id
       WHERE studies.name = ? AND studies.trashed_at IS NULL AND runs.trashed_at IS NULL ORDER BY runs.id`,
    )
    .all(study)
    .map(({ failure_code: code, skipped, ...run }) => ({
      ...{ ...run, study, failure: code === null ? null : { code } },
      ...(skipped === 1 && { skipped: true as const }),
    }));
}

function keys(database: Database.Database, study: number, condition: string): string[] {
  return database
    .prepare<[number], { key: string }>(
      `SELECT key FROM cells WHERE study_id = ? AND ${condition} ORDER BY position`,
    )
    .all(study)
    .map((row) => row.key);
}

function toStudy(database: Database.Database, row: StudyRow): StudyRecord {
  const counts = database
    .prepare<[number], { state: RunState; n: number }>(
      `SELECT state, count(*) AS n FROM runs JOIN cells ON cells.id = runs.cell_id
       WHERE study_id = ? AND trashed_at IS NULL GROUP BY state`,
    )
    .all(row.id);
  const count = (state: RunState): number => counts.find((entry) => entry.state === state)?.n ?? 0;
  return {
    name: row.name,
    dataset: row.dataset,
    dataHash: row.data_hash,
    definition: JSON.parse(row.definition_json) as KnownStudy,
    text: row.text,
    note:
      row.note === null || row.note_changed_at === null
        ? null
        : { text: row.note, changedAt: new Date(row.note_changed_at).toISOString() },
    tags: JSON.parse(row.tags_json) as string[],
    openedFrom: JSON.parse(row.opened_json ?? 'null') as OpenedFrom | null,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    cells: row.cells,
    artifactBytes: row.artifact_bytes,
    trashedRuns: row.trashed_runs,
    runs: Object.fromEntries(RUN_STATES.map((state) => [state, count(state)])) as Record<RunState, number>,
  };
}

function cellReader(): (row: CellRow) => StoredCell {
  const readJson = jsonReader();
  const readRecipe = recipeReader();
  return (row) => ({
    id: row.key,
    factors: readJson(row.factors_json) as Factors,
    network: readJson(row.network_json) as StoredCell['network'],
    recipe: readRecipe(row.recipe_json),
    parameters: row.parameters,
    macs: row.macs,
  });
}
