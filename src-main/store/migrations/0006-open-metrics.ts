import type Database from 'better-sqlite3';
import type { Migration } from '../migrate.ts';
import { unfrozen } from './unfrozen.ts';

const FINAL = `('complete', 'failed', 'cancelled', 'interrupted')`;

/** Of results, points and summaries; as this version of the format found them, whatever there is to measure later. */
const RUN_COLUMNS = [
  ...['test_accuracy', 'test_loss', 'test_top5', 'test_balanced_accuracy', 'test_macro_f1'],
  ...['test_largest_class', 'test_smallest_class', 'validation_accuracy', 'validation_loss'],
  ...['best_validation_accuracy', 'training_accuracy', 'training_loss', 'images_per_second'],
  ...['data_wait_share', 'peak_memory_bytes'],
];
const STEP_COLUMNS = ['step', 'loss', 'accuracy', 'learning_rate', 'images_per_second'];
const EPOCH_COLUMNS = [
  ...['epoch', 'step', 'seconds', 'training_loss', 'training_accuracy', 'training_top5'],
  ...['validation_loss', 'validation_accuracy', 'validation_top5'],
];
const SUMMARIZED = [...STEP_COLUMNS.slice(1, 3), ...EPOCH_COLUMNS.slice(3)];

const frozen = (table: string, operation: 'INSERT' | 'UPDATE', row: 'NEW' | 'OLD'): string => `
  CREATE TRIGGER ${table}_${operation.toLowerCase()}_of_finished_run BEFORE ${operation} ON ${table}
  WHEN (SELECT state FROM runs WHERE id = ${row}.run_id) IN ${FINAL}
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;`;

const frozenUnlessTrashed = (table: string): string => `
  CREATE TRIGGER ${table}_delete_of_finished_run BEFORE DELETE ON ${table}
  WHEN EXISTS (
    SELECT 1 FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
    WHERE runs.id = OLD.run_id AND runs.state IN ${FINAL} AND studies.trashed_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;`;

/**
 * Figures of runs, live points and summaries by the names of their metrics, so that a new metric needs no new format.
 * `runs.test_accuracy` stays: without it no run is complete.
 */
export const openMetrics: Migration = {
  version: 6,
  sql: `
  ALTER TABLE runs ADD COLUMN metrics_json TEXT;

  -- live points of running runs; a finished run has them as series. place: the step or the epoch
  CREATE TABLE points (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    axis TEXT NOT NULL CHECK (axis IN ('step', 'epoch')),
    place INTEGER NOT NULL,
    values_json TEXT NOT NULL,
    PRIMARY KEY (run_id, axis, place)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE summaries RENAME TO former_summaries;
  -- over the points of a finished run: last, min and max of each metric that was measured
  CREATE TABLE summaries (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id),
    values_json TEXT NOT NULL
  ) STRICT;
  `,
  code: (database) => {
    unfrozen(database, () => {
      moveFigures(database);
    });
    movePoints(database, 'step', STEP_COLUMNS);
    movePoints(database, 'epoch', EPOCH_COLUMNS);
    moveSummaries(database);
    const gone = RUN_COLUMNS.filter((column) => column !== 'test_accuracy');
    database.exec(`
      ${gone.map((column) => `ALTER TABLE runs DROP COLUMN ${column};`).join('')}
      DROP TABLE step_points; DROP TABLE epoch_points; DROP TABLE former_summaries;
      ${['points', 'summaries'].map((table) => frozen(table, 'INSERT', 'NEW') + frozen(table, 'UPDATE', 'OLD') + frozenUnlessTrashed(table)).join('')}`);
  },
};

type Row = Readonly<Record<string, number | null>>;

function moveFigures(database: Database.Database): void {
  const save = database.prepare('UPDATE runs SET metrics_json = ? WHERE id = ?');
  for (const { id, ...figures } of rows(
    database,
    `SELECT id, ${RUN_COLUMNS.join(', ')} FROM runs WHERE state = 'complete'`,
  ))
    save.run(JSON.stringify(named(figures)), id);
}

function movePoints(database: Database.Database, axis: 'step' | 'epoch', columns: readonly string[]): void {
  const save = database.prepare('INSERT INTO points (run_id, axis, place, values_json) VALUES (?, ?, ?, ?)');
  for (const { run_id: run, ...point } of rows(
    database,
    `SELECT run_id, ${columns.join(', ')} FROM ${axis}_points`,
  ))
    save.run(run, axis, point[axis], JSON.stringify(named(point)));
}

function moveSummaries(database: Database.Database): void {
  const save = database.prepare('INSERT INTO summaries (run_id, values_json) VALUES (?, ?)');
  for (const row of rows(database, 'SELECT * FROM former_summaries')) {
    const summaries = SUMMARIZED.flatMap((column) => {
      const [last, min, max] = ['last', 'min', 'max'].map((part) => row[`${column}_${part}`] ?? null);
      return last === null ? [] : [[fieldOf(column), { last, min, max }] as const];
    });
    save.run(row['run_id'], JSON.stringify(Object.fromEntries(summaries)));
  }
}

function rows(database: Database.Database, sql: string): Row[] {
  return database.prepare<[], Row>(sql).all();
}

function named(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [fieldOf(column), value]));
}

/** `learningRate` of `learning_rate`. */
function fieldOf(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
