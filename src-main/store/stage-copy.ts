import type Database from 'better-sqlite3';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import type { CopiedRun, StudyCopy } from '../../src-shared/studies/study-copy.ts';
import { addExtension } from './extension-rows.ts';
import { copyInterruptions } from './interruption-rows.ts';
import { saveProvenance } from './result-rows.ts';
import { addCellsInSteps, addHiddenStudy, stageStudy, unendedSeed } from './stage-study.ts';
import type { StagedStudy } from './store.ts';

/** Writes a study that a report holds, with all that belongs to it, as `stageStudy` does. */
export function stageCopy(
  file: string,
  copy: StudyCopy,
  openedFrom: OpenedFrom,
): Generator<number, StagedStudy, void> {
  return stageStudy(file, function* (database) {
    const { study, runs } = copy;
    const analyses = copy.analyses ?? [];
    const row = addHiddenStudy(database, { ...study, openedFrom });
    if (study.note !== null)
      database
        .prepare('INSERT INTO study_notes (study_id, text, changed_at) VALUES (?, ?, ?)')
        .run(row, study.note.text, study.note.changedAt);
    const cells = yield* addCellsInSteps(database, row, copy.cells);
    const all = runs.length + analyses.length;
    const addRun = runWriter(database, copy, cells);
    const rows: number[] = [];
    for (const [place, run] of runs.entries()) {
      rows.push(addRun(run, place));
      yield (place + 1) / all;
    }
    const addAnalysis = database.prepare(
      `INSERT INTO analyses (run_id, method, key, results_json, files_json, seconds, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const [place, { run, method, key, results, files, seconds, createdAt }] of analyses.entries()) {
      addAnalysis.run(rows[run], method, key, results, files, seconds, createdAt);
      yield (runs.length + place + 1) / all;
    }
    return { study: study.name, row };
  });
}

type CopiedLists = Pick<StudyCopy, 'confusions' | 'epochs' | 'steps' | 'histograms'>;

/**
 * Adds run after run, each with what belongs to it before its state makes it final.
 * @returns its number
 */
function runWriter(
  database: Database.Database,
  numbers: CopiedLists,
  cells: readonly number[],
): (run: CopiedRun, place: number) => number {
  const add = database.prepare(
    `INSERT INTO runs (name, cell_id, seed, state, retry_of, created_at, started_at, step, total_steps, steps_per_epoch,
       mode, mode_reason, images, imported_from, opened)
     VALUES (?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  );
  const addParts = partWriter(database);
  const addNumbers = numberWriter(database, numbers);
  const end = runEnder(database);
  const rows = new Map<string, number>();
  return (run, place) => {
    const row = Number(
      add.run(
        ...[run.id, cells[run.cell], unendedSeed(place), run.retryOf === null ? null : rows.get(run.retryOf)],
        ...[run.createdAt, run.startedAt, run.step, run.totalSteps, run.stepsPerEpoch],
        ...[run.mode, run.modeReason, run.images ?? null, run.importedFrom],
      ).lastInsertRowid,
    );
    rows.set(run.id, row);
    addParts(row, run);
    addNumbers(row, place);
    end(row, run);
    return row;
  };
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
    copyInterruptions(database, row, run.interruptions ?? []);
    if (run.extension) addExtension(database, row, run.extension);
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
  { confusions, epochs, steps, histograms }: CopiedLists,
): (row: number, place: number) => void {
  const confusion = database.prepare('INSERT INTO confusions (run_id, classes, counts) VALUES (?, ?, ?)');
  const series = database.prepare(
    'INSERT INTO series (run_id, axis, metric, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  const recorded = database.prepare('INSERT INTO histograms (run_id, step, data) VALUES (?, ?, ?)');
  const [matrices, ofEpochs, ofSteps, ofLayers] = [confusions, epochs, steps, histograms].map((all) =>
    Map.groupBy(all ?? [], ({ run }) => run),
  );
  return (row, place) => {
    for (const { data } of matrices?.get(place) ?? [])
      confusion.run(row, Math.sqrt(data.byteLength / COUNT_BYTES), data);
    for (const { name, data } of ofEpochs?.get(place) ?? [])
      series.run(row, 'epoch', name, data.byteLength / VALUE_BYTES, data);
    for (const { name, data } of ofSteps?.get(place) ?? [])
      series.run(row, 'step', name, data.byteLength / VALUE_BYTES, data);
    for (const { name, data } of ofLayers?.get(place) ?? []) recorded.run(row, Number(name), data);
  };
}

function runEnder(database: Database.Database): (row: number, run: CopiedRun) => void {
  const end = database.prepare(
    `UPDATE runs SET seed = ?, state = ?, ended_at = ?, test_accuracy = ?, metrics_json = ?, seconds = ?, failure_code = ?,
       failure_message = ?, failure_step = ? WHERE id = ?`,
  );
  return (row, { seed, state, endedAt, testAccuracy, metrics, seconds, failure }) =>
    void end.run(
      ...[seed, state, endedAt, testAccuracy, metrics === null ? null : JSON.stringify(metrics), seconds],
      ...[failure?.code ?? null, failure?.message ?? null, failure?.step ?? null, row],
    );
}
