import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from '../is-process-alive.ts';

/**
 * Files and folders that are being written, under names beside those that they are to get. A process that is killed
 * leaves them behind; their names say whose they are, so that the next one that writes there removes them.
 */

/** `.<name>.<host>-<process>-<random>.unfinished`, and what SQLite puts beside that. */
const UNFINISHED = /\.(?<host>[\w-]+)-(?<pid>\d+)-[0-9a-f]{8}\.unfinished(?:-wal|-shm|-journal)?$/;

/** `.<name>.<host>-<process>-<random>.replaced` */
const REPLACED = /^\.(?<name>.+)\.(?<host>[\w-]+)-(?<pid>\d+)-[0-9a-f]{8}\.replaced$/;

/** Names may have 255 bytes on most file systems; this much of the final name is kept. */
const KEPT_LETTERS = 40;

/** A new path beside `path`, for what is to be renamed to it once it is whole. */
export function unfinishedPath(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, KEPT_LETTERS)}.${writer()}.unfinished`);
}

/** A new path beside a folder, for that folder while another takes its place. */
export function replacedPath(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.${writer()}.replaced`);
}

/**
 * Removes what writers on this machine that are gone have left in a folder, and puts back what they had moved aside. What
 * belongs to another machine stays: whether its writer lives cannot be known here. So does what may not be removed.
 */
export function removeUnfinished(folder: string): void {
  for (const entry of namesIn(folder)) {
    const path = join(folder, entry);
    const replaced = REPLACED.exec(entry)?.groups;
    const { host: writersHost, pid } = replaced ?? UNFINISHED.exec(entry)?.groups ?? {};
    if (writersHost !== host() || !isAbandoned(path, Number(pid))) continue;
    const former = join(folder, replaced?.['name'] ?? entry);
    try {
      if (existsSync(former)) rmSync(path, { recursive: true, force: true });
      else renameSync(path, former);
    } catch {
      // another process was faster, or the folder belongs to others, who clear up themselves
    }
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
  } catch {
    // not there, or not to be read: whoever wants to write there will be told
    return [];
  }
}

function writer(): string {
  return `${host()}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

function host(): string {
  return hostname().replaceAll(/[^\w-]/g, '_');
}
