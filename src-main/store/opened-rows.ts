import type Database from 'better-sqlite3';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import type { CopiedAnalysis, CopiedRun, StudyCopy } from '../../src-shared/studies/study-copy.ts';
import { addCells } from './cell-rows.ts';
import { saveProvenance } from './result-rows.ts';
import type { OpenedStore } from './store.ts';
import { requireFreeName, studyOfHash } from './study-rows.ts';

/** Studies that were read from reports, with their runs. */
export function openedRows(database: Database.Database): OpenedStore {
  return {
    findOpened: (hash) => studyOfHash(database, 'opened_json', '$.hash', hash),
    refuseCopy: (copy) => {
      refuseKnownRuns(database, copy);
      refuseKnownName(database, copy.study.name);
    },
    addCopy: (copy, from) =>
      database
        .transaction(() => {
          refuseKnownRuns(database, copy);
          refuseKnownName(database, copy.study.name);
          addCopy(database, copy, from);
        })
        .immediate(),
  };
}

function refuseKnownRuns(database: Database.Database, { runs }: Pick<StudyCopy, 'runs'>): void {
  const known = database
    .prepare<[string], { study: string; trashed_at: number | null; opened_json: string | null }>(
      `SELECT studies.name AS study, trashed_at, opened_json FROM runs JOIN cells ON cells.id = cell_id
         JOIN studies ON studies.id = study_id
       WHERE runs.name IN (SELECT value FROM json_each(?)) LIMIT 1`,
    )
    .get(JSON.stringify(runs.map(({ id }) => id)));
  if (!known) return;
  const { study, trashed_at: trashedAt, opened_json: opened } = known;
  const from = opened === null ? '' : `, opened from ${(JSON.parse(opened) as OpenedFrom).file}`;
  const way =
    trashedAt === null
      ? 'To open this report instead, move that study to the trash and delete it permanently; or open it in another store with --store.'
      : 'It is in the trash: restore it, or delete it permanently to open this report instead.';
  throw new Problem(
    'usage',
    `Runs of this report are in the store already: of the study "${study}"${from}. ${way}`,
  );
}

function refuseKnownName(database: Database.Database, name: string): void {
  const message = `There is another study "${name}": choose another name for that of the report.`;
  requireFreeName(database, name, message);
}

/** Adds a study with all that belongs to it. */
function addCopy(database: Database.Database, copy: StudyCopy, from: OpenedFrom): void {
  const cells = addCells(database, addStudy(database, copy.study, from), copy.cells);
  const runs = addRuns(database, copy, cells);
  addAnalyses(database, copy.analyses ?? [], runs);
}

function addStudy(
  database: Database.Database,
  { name, dataset, dataHash, definition, text, note, createdAt, updatedAt }: StudyCopy['study'],
  from: OpenedFrom,
): number {
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO studies (name, dataset, data_hash, definition_json, text, created_at, updated_at, opened_json)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      name,
      dataset,
      dataHash,
      JSON.stringify(definition),
      text,
      createdAt,
      updatedAt,
      JSON.stringify(from),
    );
  if (note !== null)
    database
      .prepare('INSERT INTO study_notes (study_id, text, changed_at) VALUES (?, ?, ?)')
      .run(lastInsertRowid, note.text, note.changedAt);
  return Number(lastInsertRowid);
}

/**
 * Adds run after run, each with what belongs to it before its state makes it final: of one cell and seed only one is not final.
 * @returns their numbers, by their places
 */
function addRuns(
  database: Database.Database,
  { runs, ...numbers }: StudyCopy,
  cells: readonly number[],
): number[] {
  const add = database.prepare(
    `INSERT INTO runs (name, cell_id, seed, state, retry_of, created_at, started_at, step, total_steps, steps_per_epoch,
       mode, mode_reason, imported_from, opened)
     VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  );
  const addParts = partWriter(database);
  const addNumbers = numberWriter(database, numbers);
  const end = runEnder(database);
  const rows = new Map<string, number>();
  return runs.map((run, place) => {
    const row = Number(
      add.run(
        ...[run.id, cells[run.cell], run.seed, run.retryOf === null ? null : rows.get(run.retryOf)],
        ...[run.createdAt, run.startedAt, run.step, run.totalSteps, run.stepsPerEpoch],
        ...[run.mode, run.modeReason, run.importedFrom],
      ).lastInsertRowid,
    );
    rows.set(run.id, row);
    addParts(row, run);
    addNumbers(row, place);
    end(row, run);
    return row;
  });
}

function partWriter(database: Database.Database): (row: number, run: CopiedRun) => void {
  const into = (table: string, columns: readonly string[]): Database.Statement =>
    database.prepare(
      `INSERT INTO ${table} (run_id, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`,
    );
  const summary = into('summaries', ['values_json']);
  const note = into('notes', ['text']);
  const tag = into('tags', ['tag']);
  const artifact = into('artifacts', ['kind', 'file', 'bytes', 'sha256']);
  const accuracy = into('class_accuracies', ['class', 'accuracy']);
  return (row, run) => {
    if (run.provenance !== null) saveProvenance(database, row, run.provenance);
    if (run.summaries !== null) summary.run(row, JSON.stringify(run.summaries));
    if (run.note !== null) note.run(row, run.note);
    for (const each of run.tags) tag.run(row, each);
    for (const { kind, file, bytes, sha256 } of run.artifacts) artifact.run(row, kind, file, bytes, sha256);
    for (const [index, value] of run.classAccuracy.entries()) accuracy.run(row, index, value);
  };
}

/** Of a count of a confusion matrix, and of a value of a series. */
const COUNT_BYTES = 4;
const VALUE_BYTES = 8;

function numberWriter(
  database: Database.Database,
  { confusions, epochs, steps }: Pick<StudyCopy, 'confusions' | 'epochs' | 'steps'>,
): (row: number, place: number) => void {
  const confusion = database.prepare('INSERT INTO confusions (run_id, classes, counts) VALUES (?, ?, ?)');
  const series = database.prepare(
    'INSERT INTO series (run_id, axis, metric, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  const [matrices, ofEpochs, ofSteps] = [confusions, epochs, steps].map((all) =>
    Map.groupBy(all ?? [], ({ run }) => run),
  );
  return (row, place) => {
    for (const { data } of matrices?.get(place) ?? [])
      confusion.run(row, Math.sqrt(data.byteLength / COUNT_BYTES), data);
    for (const { name, data } of ofEpochs?.get(place) ?? [])
      series.run(row, 'epoch', name, data.byteLength / VALUE_BYTES, data);
    for (const { name, data } of ofSteps?.get(place) ?? [])
      series.run(row, 'step', name, data.byteLength / VALUE_BYTES, data);
  };
}

function runEnder(database: Database.Database): (row: number, run: CopiedRun) => void {
  const end = database.prepare(
    `UPDATE runs SET state = ?, ended_at = ?, test_accuracy = ?, metrics_json = ?, seconds = ?, failure_code = ?,
       failure_message = ?, failure_step = ? WHERE id = ?`,
  );
  return (row, { state, endedAt, testAccuracy, metrics, seconds, failure }) =>
    void end.run(
      ...[state, endedAt, testAccuracy, metrics === null ? null : JSON.stringify(metrics), seconds],
      ...[failure?.code ?? null, failure?.message ?? null, failure?.step ?? null, row],
    );
}

function addAnalyses(
  database: Database.Database,
  analyses: readonly CopiedAnalysis[],
  runs: readonly number[],
): void {
  const add = database.prepare(
    `INSERT INTO analyses (run_id, method, key, results_json, files_json, seconds, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { run, method, key, results, files, seconds, createdAt } of analyses)
    add.run(runs[run], method, key, results, files, seconds, createdAt);
}
