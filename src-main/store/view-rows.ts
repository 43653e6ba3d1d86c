import type Database from 'better-sqlite3';
import type { SavedView } from '../../src-shared/contract/api/runs.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { ViewStore } from './store.ts';

interface ViewRow {
  name: string;
  query_json: string;
  updated_at: number;
}

/** Views of the table of runs under their names. */
export function viewRows(database: Database.Database): ViewStore {
  return {
    views: () =>
      database.prepare<[], ViewRow>('SELECT * FROM views ORDER BY name COLLATE NOCASE').all().map(toView),
    saveView: (name, query) => {
      const now = Date.now();
      // null stands for a query that was left out, which JSON cannot say
      const text = JSON.stringify(query ?? null);
      database
        .prepare(
          `INSERT INTO views (name, query_json, updated_at) VALUES (?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET query_json = excluded.query_json, updated_at = excluded.updated_at`,
        )
        .run(name, text, now);
      return toView({ name, query_json: text, updated_at: now });
    },
    removeView: (name) => {
      const { changes } = database.prepare('DELETE FROM views WHERE name = ?').run(name);
      if (changes === 0) throw new Problem('not-found', `There is no view "${name}".`);
    },
  };
}

function toView({ name, query_json: query, updated_at: updatedAt }: ViewRow): SavedView {
  return { name, query: JSON.parse(query) as unknown, updatedAt: new Date(updatedAt).toISOString() };
}
