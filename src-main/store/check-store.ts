import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { StoreCheck } from '../../src-shared/contract/api/store-files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { doElsewhere } from '../work/do-elsewhere.ts';
import { READING_TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import { connectInspected, storeExists } from './connection.ts';
import { storeVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { describeDifferences, schemaDifferences } from './schema-differences.ts';
import { damaged, explained } from './sqlite-problem.ts';

/**
 * Reads every page of a store and every reference in it, compares its tables and triggers with those of its format, and
 * changes nothing.
 *
 * @throws Problem `not-found`, `store-damaged`, `store-newer`.
 */
export function checkStore(file: string): StoreCheck {
  const path = resolve(file);
  return explained(path, () => {
    if (!storeExists(path)) throw new Problem('not-found', `There is no store at ${path}.`);
    const database = connectInspected(path, MIGRATIONS);
    try {
      const version = storeVersion(database);
      if (version === 0) throw damaged(path, 'it has no tables');
      const verdict = database.pragma('integrity_check(1)', { simple: true });
      if (verdict !== 'ok') throw damaged(path, String(verdict).replaceAll('\n', '; '));
      const differences = schemaDifferences(database, MIGRATIONS);
      const lost = differences.filter(
        ({ kind, what }) => kind === 'missing' && /^(table|column) /.test(what),
      );
      if (lost.length > 0) throw damaged(path, describeDifferences(lost));
      const dangling = database.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get();
      if (dangling !== 0) throw damaged(path, `${String(dangling)} rows refer to missing rows`);
      const count = (table: string): number =>
        database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
      return {
        ...{ file: path, version, bytes: statSync(path).size },
        ...{ studies: count('studies'), runs: count('runs'), differences },
      };
    } finally {
      database.close();
    }
  });
}

/** In a process: nearly all of it is a single call of SQLite, in which no thread could be ended. */
export const CHECKING: WorkKind<string, StoreCheck> = {
  who: 'The check of the store',
  program: new URL('./check-worker.ts', import.meta.url),
  carrier: 'process',
  task: z.string(),
  result: z.object({
    file: z.string(),
    version: z.int(),
    bytes: z.int(),
    studies: z.int(),
    runs: z.int(),
    differences: z.array(z.object({ kind: z.enum(['missing', 'extra', 'changed']), what: z.string() })),
  }),
  progress: z.never(),
  about: z.null(),
  lessMemory: 'smaller stores',
  timeouts: READING_TIMEOUTS,
};

/** `checkStore` elsewhere: a large store takes seconds, in which the caller goes on. @throws the signal's reason, too */
export function checkStoreElsewhere(file: string, signal?: AbortSignal): Promise<StoreCheck> {
  return doElsewhere(CHECKING, file, { signal });
}
