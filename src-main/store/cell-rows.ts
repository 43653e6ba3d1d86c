import type Database from 'better-sqlite3';
import { jsonWriter } from './json-texts.ts';

/** A cell with its place in its study; null for one that the study's file has no more. */
export interface AddedCell {
  readonly id: string;
  readonly position: number | null;
  readonly factors: object;
  /** Null where the source of its runs has none. */
  readonly network: object | null;
  readonly recipe: object | null;
  readonly parameters: number | null;
  readonly macs: number | null;
}

/** Adds cells that a study does not have yet. @returns their numbers, by their places in the list */
export function addCells(database: Database.Database, study: number, cells: readonly AddedCell[]): number[] {
  const add = database.prepare(
    `INSERT INTO cells (study_id, key, position, factors_json, network_json, recipe_json, parameters, macs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const textOf = jsonWriter();
  return cells.map(({ id, position, factors, network, recipe, parameters, macs }) => {
    const texts = [factors, network, recipe].map((value) => (value === null ? 'null' : textOf(value)));
    return Number(add.run(study, id, position, ...texts, parameters, macs).lastInsertRowid);
  });
}
