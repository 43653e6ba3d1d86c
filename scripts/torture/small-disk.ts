import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { isProcessAlive } from '../../src-main/is-process-alive.ts';

/** By this, and the process that made it, a disk is known among all that are mounted. */
const NAME = 'kindling-disk-';

/** Whether a folder can have a disk of its own. */
export function canMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('mount').status === 0;
}

/**
 * Gives a folder a small disk in memory, which can be full or read-only. Those of processes that were killed before they could unmount theirs
 * are unmounted.
 * @param size as `mount` takes it: `96m`
 */
export function mountDisk(folder: string, size: string): void {
  for (const left of disksLeft()) unmountDisk(left);
  mount('-t', 'tmpfs', '-o', `size=${size}`, `${NAME}${process.pid}`, folder);
}

export function remountDisk(folder: string, isReadOnly: boolean): void {
  mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder);
}

/** Also where something is still open there. */
export function unmountDisk(folder: string): void {
  spawnSync('umount', ['--lazy', folder]);
}

/** Folders whose disks were made by processes that are gone. */
function disksLeft(): string[] {
  return fs
    .readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [name = '', folder = ''] = line.split(' ');
      const maker = name.startsWith(NAME) ? Number(name.slice(NAME.length)) : null;
      // spaces of names are written in octal there
      return maker === null || isProcessAlive(maker) ? [] : [folder.replaceAll('\\040', ' ')];
    });
}

function mount(...parameters: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${parameters.join(' ')}: ${stderr}`);
}
