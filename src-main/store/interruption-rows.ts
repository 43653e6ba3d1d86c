import type Database from 'better-sqlite3';
import { FAILED_FROM_OUTSIDE } from '../../src-shared/studies/can-go-on.ts';
import type { Interruption } from '../../src-shared/studies/interruption.ts';
import { noteExtension } from './extension-rows.ts';
import { rowOf } from './find-run-row.ts';
import { cutPoints } from './point-rows.ts';
import type { GoingOn } from './store.ts';

/** Of a run that is selected: JSON of its interruptions in their order; null without any. */
export const INTERRUPTIONS = `
  (SELECT json_group_array(json_object('at', at, 'cause', cause, 'step', step, 'wentOnAt', went_on_at, 'note', note)
     ORDER BY place) FROM interruptions WHERE run_id = runs.id HAVING count(*) > 0) AS interruptions_json`;

/** An interruption with its times in milliseconds since 1970. */
export interface InterruptionRow extends Omit<Interruption, 'at' | 'wentOnAt'> {
  readonly at: number;
  readonly wentOnAt: number | null;
}

/** @param text as `INTERRUPTIONS` selects it */
export function parseInterruptions(text: string | null): InterruptionRow[] {
  return text === null ? [] : (JSON.parse(text) as InterruptionRow[]);
}

export function toInterruption({ at, wentOnAt, ...row }: InterruptionRow): Interruption {
  return {
    at: new Date(at).toISOString(),
    step: row.step,
    wentOnAt: wentOnAt === null ? null : new Date(wentOnAt).toISOString(),
    cause: row.cause,
    note: row.note,
  };
}

/**
 * Has a run wait to go on; inside the caller's transaction. One that was interrupted again before it went on has been
 * interrupted once.
 */
export function waitToGoOn(database: Database.Database, id: string): void {
  const run = rowOf(database, id);
  const before = database
    .prepare<[number], { ended_at: number; failure_message: string | null }>(
      'SELECT ended_at, failure_message FROM runs WHERE id = ?',
    )
    .get(run);
  waitAgain(database, run);
  database
    .prepare(
      `INSERT INTO interruptions (run_id, place, at, cause)
       SELECT :run, 1 + count(*), :at, :cause FROM interruptions WHERE run_id = :run
       HAVING count(*) FILTER (WHERE step IS NULL) = 0`,
    )
    .run({ run, at: before?.ended_at, cause: before?.failure_message });
}

/** Has a run wait that had ended; inside the caller's transaction. */
export function waitAgain(database: Database.Database, run: number): void {
  database
    .prepare(
      `UPDATE runs SET state = 'waiting', ended_at = NULL, failure_code = NULL, failure_message = NULL, failure_step = NULL,
         skipped = 0 WHERE id = ?`,
    )
    .run(run);
}

/** Cuts what is not true any more and ends the interruption; inside the caller's transaction. */
export function goOn(database: Database.Database, id: string, goingOn: GoingOn): void {
  const { step, note } = goingOn;
  const run = rowOf(database, id);
  cutPoints(database, run, step);
  noteExtension(database, run, goingOn);
  database.prepare('UPDATE runs SET step = ? WHERE id = ?').run(step === 0 ? null : step, run);
  database
    .prepare(
      `UPDATE interruptions SET step = ?, went_on_at = ?, note = ?
       WHERE run_id = ? AND place = (SELECT max(place) FROM interruptions WHERE run_id = ?)`,
    )
    .run(step, Date.now(), note, run, run);
}

/** Inside the caller's transaction. */
export function forgetTraining(
  database: Database.Database,
  id: string,
  { step, interruptions }: { readonly step: number; readonly interruptions: number },
): void {
  const run = rowOf(database, id);
  cutPoints(database, run, step);
  database.prepare('UPDATE runs SET step = ? WHERE id = ?').run(step === 0 ? null : step, run);
  database.prepare('DELETE FROM interruptions WHERE run_id = ? AND place > ?').run(run, interruptions);
}

/**
 * Of a run that is selected: whether another one that is there is a further attempt at its cell and seed. Found by these:
 * where hardly any run is an attempt more, SQLite takes the index of those to be of no use, and looks at all runs for each.
 */
export const IS_REPEATED = `EXISTS (SELECT 1 FROM runs AS later
  WHERE later.cell_id = runs.cell_id AND later.seed = runs.seed AND later.retry_of = runs.id AND later.trashed_at IS NULL)`;

/** Runs that go on no more and may have resume checkpoints. */
export function resumeRemovals(database: Database.Database): string[] {
  return database
    .prepare<[string], string>(
      `SELECT name FROM runs WHERE resume_files = 1 AND state NOT IN ('waiting', 'running') AND (skipped = 1
         OR state IN ('complete', 'cancelled') OR ${IS_REPEATED}
         OR (state = 'failed' AND failure_code NOT IN (SELECT value FROM json_each(?))))`,
    )
    .pluck()
    .all(JSON.stringify([...FAILED_FROM_OUTSIDE]));
}

/** Writes interruptions of a run that another store had; inside the caller's transaction, before its state makes it final. */
export function copyInterruptions(
  database: Database.Database,
  run: number,
  interruptions: readonly InterruptionRow[],
): void {
  const add = database.prepare(
    'INSERT INTO interruptions (run_id, place, at, cause, step, went_on_at, note) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [place, { at, cause, step, wentOnAt, note }] of interruptions.entries())
    add.run(run, place + 1, at, cause, step, wentOnAt, note);
}
