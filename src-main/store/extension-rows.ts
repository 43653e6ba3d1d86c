import type Database from 'better-sqlite3';
import type { RunExtension } from '../../src-shared/studies/run-extension.ts';
import { rowOf } from './find-run-row.ts';
import { copyPoints, cutPoints } from './point-rows.ts';
import type { GoingOn } from './store.ts';

/** Of a run that is selected: JSON of its `RunExtension`; null without one. */
export const EXTENSION = `
  (SELECT json_object('from', from_run, 'step', step, 'seconds', seconds, 'note', note)
     FROM extensions WHERE run_id = runs.id) AS extension_json`;

/** @param text as `EXTENSION` selects it */
export function parseExtension(text: string | null): Pick<{ extension?: RunExtension }, 'extension'> {
  return text === null ? {} : { extension: JSON.parse(text) as RunExtension };
}

/**
 * Notes that a run goes on from the end of a shorter one, whose points become its own, or no longer does as it begins anew; inside the
 * caller's transaction, when its own points after that step are gone.
 */
export function noteExtension(
  database: Database.Database,
  run: number,
  { step, note, shorter }: GoingOn,
): void {
  const known = database
    .prepare<[number], { step: number }>('SELECT step FROM extensions WHERE run_id = ?')
    .get(run);
  if (known !== undefined && step < known.step)
    database.prepare('UPDATE extensions SET step = 0, seconds = 0, note = ? WHERE run_id = ?').run(note, run);
  if (known !== undefined || shorter === undefined) return;
  const isTaken = step >= shorter.step;
  addExtension(database, run, { ...shorter, note, ...(!isTaken && { step: 0, seconds: 0 }) });
  if (isTaken) copyTraining(database, rowOf(database, shorter.from), run);
}

/** Of a run that has not ended. */
export function addExtension(
  database: Database.Database,
  run: number,
  { from, step, seconds, note }: RunExtension,
): void {
  database
    .prepare('INSERT INTO extensions (run_id, from_run, step, seconds, note) VALUES (?, ?, ?, ?, ?)')
    .run(run, from, step, seconds, note);
}

/** What one run trained is all that another one has trained from now on. */
function copyTraining(database: Database.Database, from: number, to: number): void {
  cutPoints(database, to, 0);
  copyPoints(database, from, to);
  database
    .prepare(
      'UPDATE runs SET steps_per_epoch = (SELECT steps_per_epoch FROM runs WHERE id = :from) WHERE id = :to',
    )
    .run({ from, to });
}
