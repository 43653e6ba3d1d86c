import type Database from 'better-sqlite3';
import { canonicalJson } from '../../src-shared/canonical-hash.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { findImported } from './import-rows.ts';
import { runEnder } from './stage-import.ts';
import type { StagedAddition, StagedStudy } from './store.ts';

/**
 * Moves cells and runs to a study that there is, and brings the runs to their ends there, so that no finished run is changed.
 *
 * @throws Problem `usage` where the study was removed or changed meanwhile
 */
export function joinStudy(
  database: Database.Database,
  { study, row }: StagedStudy,
  { to: before, ends }: StagedAddition,
): void {
  const { id, definition } = findImported(database, study);
  if (canonicalJson(definition) !== canonicalJson(before))
    throw new Problem(
      'usage',
      `The study "${study}" was changed while the runs were written; import them again.`,
    );
  const own = database.prepare<[number], { id: number; key: string }>(
    'SELECT id, key FROM cells WHERE study_id = ? ORDER BY position',
  );
  const numbers = new Map(own.all(id).map((cell) => [cell.key, cell.id]));
  const moveRuns = database.prepare('UPDATE runs SET cell_id = ? WHERE cell_id = ?');
  const moveCell = database.prepare('UPDATE cells SET study_id = ?, position = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM cells WHERE id = ?');
  let position = numbers.size;
  for (const cell of own.all(row)) {
    const known = numbers.get(cell.key);
    if (known === undefined) moveCell.run(id, position++, cell.id);
    else {
      moveRuns.run(known, cell.id);
      remove.run(cell.id);
    }
  }
  database
    .prepare(
      `UPDATE studies SET definition_json = staged.definition_json, text = staged.text, updated_at = staged.updated_at
       FROM (SELECT * FROM studies WHERE id = ?) AS staged WHERE studies.id = ?`,
    )
    .run(row, id);
  database.prepare('DELETE FROM studies WHERE id = ?').run(row);
  const end = runEnder(database);
  for (const each of ends) end(each);
}
