import type Database from 'better-sqlite3';
import { isScheduled } from './store-lock.ts';

/** Milliseconds for which an answer about the lock holds. */
const REMEMBERED = 500;

/**
 * Shows a reader as `interrupted` the runs that are `running` by the store although nobody schedules on it: its process was
 * killed. They become so when the store is next opened for scheduling; a reader does not write.
 *
 * Everything that reads `runs` through this connection reads a view of that name, which hides the table.
 */
export function showDeadRunsAsInterrupted(database: Database.Database, file: string): void {
  database.pragma('temp_store = MEMORY');
  database.function(
    'is_scheduled',
    rememberFor(REMEMBERED, () => Number(isScheduled(file))),
  );
  const columns = database.pragma('main.table_xinfo(runs)') as { name: string }[];
  const shown = columns.map(({ name }) =>
    name === 'state'
      ? `CASE WHEN state = 'running' AND NOT is_scheduled() THEN 'interrupted' ELSE state END AS state`
      : name,
  );
  database.exec(`CREATE TEMP VIEW runs AS SELECT ${shown.join(', ')} FROM main.runs`);
}

function rememberFor<T>(milliseconds: number, ask: () => T): () => T {
  let known: { readonly value: T; readonly at: number } | null = null;
  return () => {
    const now = performance.now();
    if (known === null || now - known.at > milliseconds) known = { value: ask(), at: now };
    return known.value;
  };
}
