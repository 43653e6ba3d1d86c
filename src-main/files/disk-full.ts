import { decimalSize } from '../../src-shared/numbers.ts';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';

/** True for the errors by which a file system says that it has no room left (ENOSPC) or a quota is spent. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** The error as a `disk-full` problem that names the folder, if it is one; otherwise the error itself. */
export function withDiskFull(error: unknown, folder: string): unknown {
  if (!isDiskFull(error)) return error;
  return new Problem(
    'disk-full',
    `no space left on the disk of ${folder}; nothing was kept. Free some space, or set KINDLING_HOME to another disk.`,
    { cause: error },
  );
}

/** @throws Problem `disk-full` where a folder's disk has less room than what is about to be written takes */
export function requireRoom(folder: string, bytes: number): void {
  if (bytes > freeBytes(folder)) throw tooLittleRoom(folder, bytes);
}

/** What the disk of a folder, which need not be there yet, has left. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(nearestFolder(folder));
  return bavail * bsize;
}

/** Why nothing can be written into a folder, which need not be there yet; null where it can. */
export function whyReadOnly(folder: string): string | null {
  try {
    fs.accessSync(nearestFolder(folder), fs.constants.W_OK);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function nearestFolder(path: string): string {
  return fs.existsSync(path) ? path : nearestFolder(dirname(path));
}

/** Says how much is needed, where, and how much is free. */
export function tooLittleRoom(folder: string, bytes: number): Problem {
  return new Problem(
    'disk-full',
    `${folder}: ${decimalSize(bytes)} are needed, ${decimalSize(freeBytes(folder))} are free; nothing was kept. Free some space, or set KINDLING_HOME to another disk.`,
  );
}
