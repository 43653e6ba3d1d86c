import type Database from 'better-sqlite3';
import type { AnnotationBack } from '../../src-shared/contract/api/runs.ts';
import type { SavedNote } from '../../src-shared/contract/api/studies.ts';
import type { FindRunFolder } from './run-folder.ts';
import { rowOf } from './find-run-row.ts';
import { studyRows } from './study-rows.ts';
import { readTable } from './table-rows.ts';
import type { Annotation, AnnotationStore } from './store.ts';

/** Notes and tags: what people say about studies, and about runs, finished or not. */
export function annotationRows(database: Database.Database, findFolder: FindRunFolder): AnnotationStore {
  return {
    annotate: (runs, annotation) =>
      database
        .transaction(() => {
          for (const run of runs) annotate(database, rowOf(database, run), annotation);
          return [...readTable(database, findFolder, runs).runs];
        })
        .immediate(),
    annotateBack: (runs) =>
      database
        .transaction(() => {
          const changed = runs.filter((back) => !annotateBack(database, back)).map(({ run }) => run);
          const ids = runs.map(({ run }) => run);
          return { rows: [...readTable(database, findFolder, ids).runs], changed };
        })
        .immediate(),
    annotateStudy: (name, text, base) =>
      database.transaction(() => annotateStudy(database, name, text, base)).immediate(),
    tagStudy: (name, tags) => database.transaction(() => tagStudy(database, name, tags)).immediate(),
  };
}

function annotateStudy(
  database: Database.Database,
  name: string,
  given: string,
  base: string | null,
): SavedNote {
  const studies = studyRows(database);
  const { note } = studies.study(name);
  const present = note?.text ?? '';
  // line ends of a file from Windows would make another text of it
  const written = given.replaceAll('\r\n', '\n');
  const text = written.trim() === '' ? '' : written;
  // the answer to an earlier attempt may have been lost
  if (text === present) return { note, isSaved: true };
  if (base !== null && base !== present) return { note, isSaved: false };
  const id = idOf(database, name);
  if (text === '') database.prepare('DELETE FROM study_notes WHERE study_id = ?').run(id);
  else
    database
      .prepare(
        `INSERT INTO study_notes (study_id, text, changed_at) VALUES (?, ?, ?)
         ON CONFLICT (study_id) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at`,
      )
      .run(id, text, Date.now());
  return { note: studies.study(name).note, isSaved: true };
}

function tagStudy(
  database: Database.Database,
  name: string,
  { addTags = [], removeTags = [] }: Pick<Annotation, 'addTags' | 'removeTags'>,
): void {
  studyRows(database).study(name);
  const id = idOf(database, name);
  const remove = database.prepare('DELETE FROM study_tags WHERE study_id = ? AND tag = ?');
  for (const tag of removeTags) remove.run(id, tag);
  const add = database.prepare('INSERT INTO study_tags (study_id, tag) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const tag of addTags) add.run(id, tag);
}

function idOf(database: Database.Database, name: string): number | undefined {
  return database.prepare<[string], number>('SELECT id FROM studies WHERE name = ?').pluck().get(name);
}

/** @returns whether the note was still the one that is taken back */
function annotateBack(
  database: Database.Database,
  { run, note, addTags, removeTags }: AnnotationBack,
): boolean {
  const row = rowOf(database, run);
  const present = database
    .prepare<[number], string>('SELECT text FROM notes WHERE run_id = ?')
    .pluck()
    .get(row);
  const isChanged = note !== null && (present ?? '') !== note.from;
  annotate(database, row, { ...(note && !isChanged && { note: note.to }), addTags, removeTags });
  return !isChanged;
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
