import type Database from 'better-sqlite3';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import { type AddedCell, addCells } from './cell-rows.ts';
import { connectWriter } from './connection.ts';
import { explained } from './sqlite-problem.ts';
import type { StagedStudy } from './store.ts';
import { STAGED, TABLES_OF_RUNS } from './trash-rows.ts';

/** Milliseconds of one transaction, for which another writer waits at most. */
const SLICE = 20;

/** Writes a study with all that belongs to it, little by little. What it yields is the share that is written. */
export type StudyWriter = (database: Database.Database) => Generator<number, StagedStudy, void>;

/**
 * Writes a study and its runs through a connection of its own, each step a transaction of some milliseconds, so that who
 * holds the store goes on writing beside it: all in one transaction would make its writes wait for seconds, or fail. The
 * study stays hidden until `publishStaged`.
 *
 * @yields the share that is written
 */
export function* stageStudy(file: string, write: StudyWriter): Generator<number, StagedStudy, void> {
  const database = explained(file, () => connectWriter(file));
  try {
    const steps = write(database);
    for (;;) {
      const last = explained(file, () => database.transaction(() => someSteps(steps)).immediate());
      if (last.done) return last.value;
      yield last.value;
    }
  } finally {
    database.close();
  }
}

function someSteps<Step, End>(steps: Iterator<Step, End>): IteratorResult<Step, End> {
  const end = performance.now() + SLICE;
  let step = steps.next();
  while (!step.done && performance.now() < end) step = steps.next();
  return step;
}

interface HiddenStudy {
  /** What it is to be called. */
  readonly name: string;
  readonly dataset: string;
  readonly dataHash: string;
  readonly definition: object;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly openedFrom: OpenedFrom | null;
}

/** @returns its row */
export function addHiddenStudy(database: Database.Database, study: HiddenStudy): number {
  const { name, dataset, dataHash, definition, text, createdAt, updatedAt, openedFrom } = study;
  const added = database
    .prepare(
      `INSERT INTO studies
         (name, dataset, data_hash, definition_json, text, created_at, updated_at, opened_json, trashed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${STAGED})`,
    )
    .run(
      // no study that can be seen may be called so
      ...[`import of ${name}`, dataset, dataHash, JSON.stringify(definition), text, createdAt, updatedAt],
      openedFrom && JSON.stringify(openedFrom),
    );
  return Number(added.lastInsertRowid);
}

/** Of a run until its state is final: before that none may have the cell and seed of a complete one. */
export function unendedSeed(place: number): number {
  return -1 - place;
}

/** Cells that are added in one step. */
const SOME_CELLS = 100;

/** @returns their numbers, by their places in the list */
export function* addCellsInSteps(
  database: Database.Database,
  study: number,
  cells: readonly AddedCell[],
): Generator<number, number[], void> {
  const numbers: number[] = [];
  while (numbers.length < cells.length) {
    numbers.push(...addCells(database, study, cells.slice(numbers.length, numbers.length + SOME_CELLS)));
    yield 0;
  }
  return numbers;
}

/** Runs that are removed at a time. */
const SOME_RUNS = 200;

const STAGED_STUDIES = `SELECT id FROM studies WHERE trashed_at = ${STAGED}`;
const STAGED_CELLS = `SELECT id FROM cells WHERE study_id IN (${STAGED_STUDIES})`;

/**
 * Removes some of what was staged and came to no end; for the one who holds the store, while nobody stages.
 * @returns whether there may be more
 */
export function dropSomeStaged(database: Database.Database): boolean {
  return database
    .transaction(() => {
      // a run that repeats another one comes after it
      const runs = database
        .prepare<[], number>(
          `SELECT id FROM runs WHERE cell_id IN (${STAGED_CELLS}) ORDER BY id DESC LIMIT ${SOME_RUNS}`,
        )
        .pluck()
        .all();
      const chosen = '(SELECT value FROM json_each(?))';
      for (const table of runs.length > 0 ? TABLES_OF_RUNS : [])
        database.prepare(`DELETE FROM ${table} WHERE run_id IN ${chosen}`).run(JSON.stringify(runs));
      database.prepare(`DELETE FROM runs WHERE id IN ${chosen}`).run(JSON.stringify(runs));
      if (runs.length === SOME_RUNS) return true;
      database.exec(
        `DELETE FROM cells WHERE study_id IN (${STAGED_STUDIES});
         DELETE FROM study_notes WHERE study_id IN (${STAGED_STUDIES});
         DELETE FROM study_tags WHERE study_id IN (${STAGED_STUDIES});
         DELETE FROM studies WHERE trashed_at = ${STAGED};`,
      );
      return false;
    })
    .immediate();
}
