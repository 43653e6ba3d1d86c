import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { unfinishedPath } from '../files/unfinished-files.ts';
import { codeOf, patiently, unlessMissing } from './patiently.ts';

/**
 * Files of a shared disk, on which there are no locks: what is made exclusively is made by a link, which the server decides, and what
 * is replaced is replaced by a rename. All are on the disk when they have their name.
 */

/**
 * Makes a file that is not there yet, whole.
 * @returns false where somebody else has made it
 * @throws an error of the file system, e.g. where its folder is gone
 */
export async function createOnce(file: string, content: string): Promise<boolean> {
  const own = unfinishedPath(file);
  try {
    await patiently(() => writeFlushed(own, content));
    return await patiently(() => linkOnce(own, file));
  } finally {
    await rm(own, { force: true });
  }
}

/** Writes a file or puts another in its place. @throws an error of the file system */
export async function replaceFile(file: string, content: string): Promise<void> {
  const own = unfinishedPath(file);
  try {
    await patiently(() => writeFlushed(own, content));
    await patiently(() => rename(own, file));
  } catch (error) {
    await rm(own, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The text of a file; null where there is none. */
export function readIfThere(file: string): Promise<string | null> {
  return unlessMissing(() => readFile(file, 'utf8'));
}

/**
 * The content of a JSON file.
 * @returns null where there is none
 * @throws DamagedFile
 */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readIfThere(file);
  return text === null ? null : parseJson(file, text, schema);
}

/** @throws DamagedFile */
export function parseJson<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DamagedFile(file, (error as Error).message);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DamagedFile(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** A file of a spool that is not what was written. */
export class DamagedFile extends Error {
  constructor(file: string, what: string) {
    super(`${file} is damaged (${what})`);
    this.name = 'DamagedFile';
  }
}

async function writeFlushed(file: string, content: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A server that answers late may have made the link and say that it is there: a second name of our own file tells. */
async function linkOnce(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((await stat(own)).nlink > 1) return true;
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
