import type Database from 'better-sqlite3';
import type { SavedFigure } from '../../src-shared/contract/api/figures.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { FigureSpecification } from '../../src-shared/figures/figure-specification.ts';
import { newRunId } from './run-id.ts';
import type { FigureInput, FigureStore } from './store.ts';

interface FigureRow {
  name: string;
  title: string;
  specification_json: string;
  runs_json: string;
  created_at: number;
  updated_at: number;
}

/** Figures with their queries and the runs that they showed. */
export function figureRows(database: Database.Database): FigureStore {
  const find = (id: string): SavedFigure => {
    const row = database.prepare<[string], FigureRow>('SELECT * FROM figures WHERE name = ?').get(id);
    if (!row) throw noFigure(id);
    return toFigure(row);
  };
  return {
    figures: () =>
      database
        .prepare<[], FigureRow>('SELECT * FROM figures ORDER BY updated_at DESC, id DESC')
        .all()
        .map(toFigure),
    figure: find,
    saveFigure: (figure) =>
      database
        .transaction(() => {
          const { id } = figure;
          return find(id === undefined ? addFigure(database, figure) : changeFigure(database, id, figure));
        })
        .immediate(),
    removeFigure: (id) => {
      const { changes } = database.prepare('DELETE FROM figures WHERE name = ?').run(id);
      if (changes === 0) throw noFigure(id);
    },
    restoreFigure: (figure) =>
      database
        .transaction(() => {
          const { id, createdAt, updatedAt } = figure;
          const taken = database.prepare('SELECT 1 FROM figures WHERE name = ?').get(id);
          if (taken) throw new Problem('usage', `The figure "${figure.name}" is there.`);
          insertFigure(database, id, figure, [Date.parse(createdAt), Date.parse(updatedAt)]);
          return find(id);
        })
        .immediate(),
  };
}

function addFigure(database: Database.Database, figure: FigureInput): string {
  const id = newRunId();
  const now = Date.now();
  insertFigure(database, id, figure, [now, now]);
  return id;
}

function insertFigure(
  database: Database.Database,
  id: string,
  { name, specification, runs }: Omit<FigureInput, 'id'>,
  times: readonly [created: number, updated: number],
): void {
  database
    .prepare(
      `INSERT INTO figures (name, title, specification_json, runs_json, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(id, name, JSON.stringify(specification), JSON.stringify(runs), ...times);
}

function changeFigure(
  database: Database.Database,
  id: string,
  { name, specification, runs }: FigureInput,
): string {
  const { changes } = database
    .prepare(
      'UPDATE figures SET title = ?, specification_json = ?, runs_json = ?, updated_at = ? WHERE name = ?',
    )
    .run(name, JSON.stringify(specification), JSON.stringify(runs), Date.now(), id);
  if (changes === 0) throw noFigure(id);
  return id;
}

function toFigure(row: FigureRow): SavedFigure {
  return {
    id: row.name,
    name: row.title,
    specification: JSON.parse(row.specification_json) as FigureSpecification,
    runs: JSON.parse(row.runs_json) as string[],
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

function noFigure(id: string): Problem {
  return new Problem('not-found', `There is no figure "${id}".`);
}
