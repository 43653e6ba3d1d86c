import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from '../is-process-alive.ts';

/**
 * Files and folders that are being written, under names beside those that they are to get. A process that is killed
 * leaves them behind; their names say whose they are, so that the next one that writes there removes them.
 */

/** `.<name>.<host>-<process>-<random>.unfinished`, and what SQLite puts beside that. */
const UNFINISHED = /\.(?<host>[\w-]+)-(?<pid>\d+)-[0-9a-f]{8}\.unfinished(?:-wal|-shm|-journal)?$/;

/** Names may have 255 bytes on most file systems; this much of the final name is kept. */
const KEPT_LETTERS = 40;

/** A new path beside `path`, for what is to be renamed to it once it is whole. */
export function unfinishedPath(path: string): string {
  const name = basename(path).slice(0, KEPT_LETTERS);
  const writer = `${host()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  return join(dirname(path), `.${name}.${writer}.unfinished`);
}

/**
 * Removes what writers on this machine that are gone have left in a folder. What belongs to another machine stays: whether
 * its writer lives cannot be known here.
 */
export function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder)) {
    const writer = UNFINISHED.exec(name)?.groups;
    if (writer === undefined || writer['host'] !== host()) continue;
    const path = join(folder, name);
    if (isAbandoned(path, Number(writer['pid']))) rmSync(path, { recursive: true, force: true });
  }
}

/** Also where the number of the dead process is now ours, as the first ones of a container often are. */
function isAbandoned(path: string, pid: number): boolean {
  if (pid !== process.pid) return !isProcessAlive(pid);
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changed !== undefined && changed < Date.now() - 1000 * process.uptime();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function host(): string {
  return hostname().replaceAll(/[^\w-]/g, '_');
}
