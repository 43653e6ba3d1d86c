import { Problem } from '../../src-shared/mistakes/problem.ts';
import { isDiskFull } from './disk-full.ts';

/** What file systems answer where something may not be written, or there is nothing that could hold it. */
const REFUSALS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP']);

/**
 * What an error of writing means to the user; an error that is none of a file system comes back as it is.
 * @param advice what to do, as a sentence
 */
export function writeProblem(error: unknown, path: string, advice: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (!isDiskFull(error) && !REFUSALS.has(code)) return error;
  return new Problem(
    isDiskFull(error) ? 'disk-full' : 'usage',
    `${path} cannot be written (${(error as Error).message}). ${advice}`,
    { cause: error },
  );
}
