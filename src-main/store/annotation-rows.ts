import type Database from 'better-sqlite3';
import type { FindRunFolder } from './run-folder.ts';
import { rowOf } from './find-run-row.ts';
import { readTable } from './table-rows.ts';
import type { Annotation, AnnotationStore } from './store.ts';

/** Notes and tags: what people say about runs, finished or not. */
export function annotationRows(database: Database.Database, findFolder: FindRunFolder): AnnotationStore {
  return {
    annotate: (runs, annotation) =>
      database
        .transaction(() => {
          for (const run of runs) annotate(database, rowOf(database, run), annotation);
          return [...readTable(database, findFolder, runs).runs];
        })
        .immediate(),
  };
}

function annotate(
  database: Database.Database,
  run: number,
  { note, addTags = [], removeTags = [] }: Annotation,
): void {
  if (note === '') {
    database.prepare('DELETE FROM notes WHERE run_id = ?').run(run);
  } else if (note !== undefined) {
    database
      .prepare(
        'INSERT INTO notes (run_id, text) VALUES (?, ?) ON CONFLICT (run_id) DO UPDATE SET text = excluded.text',
      )
      .run(run, note);
  }
  const remove = database.prepare('DELETE FROM tags WHERE run_id = ? AND tag = ?');
  for (const tag of removeTags) remove.run(run, tag);
  const add = database.prepare('INSERT INTO tags (run_id, tag) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const tag of addTags) add.run(run, tag);
}
