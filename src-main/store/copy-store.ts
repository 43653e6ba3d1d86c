import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StoreCheck } from '../../src-shared/contract/api/store-files.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { removeUnfinished, unfinishedPath } from '../files/unfinished-files.ts';
import { checkStoreElsewhere } from './check-store.ts';
import { connectReader, intoOneFile } from './connection.ts';
import { explainError, explained, isDamage } from './sqlite-problem.ts';

/** Copied between two looks at the event loop: about ten milliseconds. */
const PAGES_AT_ONCE = 1000;

export interface CopyOptions {
  /** Told the share that is copied, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the copy with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Copies the state that the store has now, with everything that was committed, into one file, which is checked
 * before it gets its name. Others may write to the store meanwhile.
 *
 * @param destination is replaced if it is there.
 * @throws Problem `store-damaged`, `store-newer`, `disk-full`, or the signal's reason; no file is left then.
 */
export async function copyStore(
  source: string,
  destination: string,
  { onProgress, signal }: CopyOptions,
): Promise<StoreCheck> {
  const partial = unfinishedPath(destination);
  try {
    removeUnfinished(dirname(destination));
    await copyPages(source, partial, (share) => {
      signal?.throwIfAborted();
      onProgress?.(share);
    });
    intoOneFile(partial);
    const check = await checkStoreElsewhere(partial, signal);
    signal?.throwIfAborted();
    flush(partial);
    renameSync(partial, destination);
    return { ...check, file: destination };
  } catch (error) {
    const problem = explainError(error, isDamage(error) ? source : destination);
    throw problem instanceof Problem ? inSource(problem, partial, source) : problem;
  } finally {
    removeWhole(partial);
  }
}

/** What is wrong with the copy is wrong with what was copied. */
function inSource(problem: Problem, copy: string, source: string): Problem {
  return new Problem(problem.code, problem.message.replaceAll(copy, source), { cause: problem });
}

async function copyPages(
  source: string,
  partial: string,
  onProgress: (share: number) => void,
): Promise<void> {
  const database = explained(source, () => connectReader(source));
  try {
    // A transaction that has read sees one state to its end; without it the copy would start over at each write.
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    await database.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(1 - remainingPages / totalPages);
        return PAGES_AT_ONCE;
      },
    });
  } finally {
    database.close();
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function removeWhole(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}
