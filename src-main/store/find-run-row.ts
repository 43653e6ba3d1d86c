import type Database from 'better-sqlite3';
import { Problem } from '../../src-shared/mistakes/problem.ts';

/** The number of a run inside this store. @throws Problem `not-found`. */
export function rowOf(database: Database.Database, id: string): number {
  const row = database.prepare<[string], { id: number }>('SELECT id FROM runs WHERE name = ?').get(id);
  if (!row) throw noRun(id);
  return row.id;
}

export function noRun(id: string): Problem {
  return new Problem('not-found', `There is no run "${id}" in this store.`);
}
