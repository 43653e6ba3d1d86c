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
          const write = annotating(database);
          for (const run of runs) write(rowOf(database, run), annotation);
          return [...readTable(database, findFolder, runs).runs];
        })
        .immediate(),
    annotateBack: (runs) =>
      database
        .transaction(() => {
          const takeBack = annotatingBack(database);
          const changed = runs.filter((back) => !takeBack(back)).map(({ run }) => run);
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

/** @returns what takes one back, and answers whether the note was still the one that is taken back */
function annotatingBack(database: Database.Database): (back: AnnotationBack) => boolean {
  const noteOf = database.prepare<[number], string>('SELECT text FROM notes WHERE run_id = ?').pluck();
  const write = annotating(database);
  return ({ run, note, addTags, removeTags }) => {
    const row = rowOf(database, run);
    const isChanged = note !== null && (noteOf.get(row) ?? '') !== note.from;
    write(row, { ...(note && !isChanged && { note: note.to }), addTags, removeTags });
    return !isChanged;
  };
}

/** Its statements are prepared once, for any number of runs. */
function annotating(database: Database.Database): (run: number, annotation: Annotation) => void {
  const removeNote = database.prepare('DELETE FROM notes WHERE run_id = ?');
  const putNote = database.prepare(
    'INSERT INTO notes (run_id, text) VALUES (?, ?) ON CONFLICT (run_id) DO UPDATE SET text = excluded.text',
  );
  const removeTag = database.prepare('DELETE FROM tags WHERE run_id = ? AND tag = ?');
  const addTag = database.prepare('INSERT INTO tags (run_id, tag) VALUES (?, ?) ON CONFLICT DO NOTHING');
  return (run, { note, addTags = [], removeTags = [] }) => {
    if (note === '') removeNote.run(run);
    else if (note !== undefined) putNote.run(run, note);
    for (const tag of removeTags) removeTag.run(run, tag);
    for (const tag of addTags) addTag.run(run, tag);
  };
}
