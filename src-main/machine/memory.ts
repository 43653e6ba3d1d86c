import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { MainMemory } from '../../src-shared/machine/main-memory.ts';

/** Where a kernel tells of a group of processes and its limit; the rest of what it holds could be given back at once. */
interface GroupFiles {
  readonly folder: string;
  readonly limit: string;
  readonly used: string;
  /** In `memory.stat`: pages of files that nobody has used for a while. */
  readonly spare: string;
}

/**
 * The memory that processes of this one may take together: that of the machine, or less where a group that it is in has a limit (a
 * container, a job of a cluster), by whichever version of Linux's control groups.
 *
 * @param root of the file system, for tests
 */
export function mainMemory(root = '/'): MainMemory {
  const here = ofMachine(root);
  return groupsOf(root).reduce((memory, group) => within(memory, group), here);
}

function ofMachine(root: string): MainMemory {
  const text = process.platform === 'linux' ? read(join(root, 'proc/meminfo')) : null;
  const kibibytes = (name: string): number | null => {
    const [, digits] = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(text ?? '') ?? [];
    return digits === undefined ? null : Number(digits) * 1024;
  };
  const totalBytes = kibibytes('MemTotal') ?? totalmem();
  // macOS counts only what nobody has used at all, which is next to nothing
  const free = process.platform === 'darwin' ? null : freemem();
  return { totalBytes, freeBytes: kibibytes('MemAvailable') ?? free };
}

function within({ totalBytes, freeBytes }: MainMemory, group: GroupFiles): MainMemory {
  const limit = countIn(join(group.folder, group.limit));
  if (limit === null || limit >= totalBytes) return { totalBytes, freeBytes };
  const used = countIn(join(group.folder, group.used)) ?? 0;
  const [, spare = '0'] =
    new RegExp(`^${group.spare} (\\d+)$`, 'm').exec(read(join(group.folder, 'memory.stat')) ?? '') ?? [];
  const left = Math.max(0, limit - used + Number(spare));
  return { totalBytes: limit, freeBytes: Math.min(freeBytes ?? left, left) };
}

/** The groups that this process is in, innermost first: a limit of each holds. */
function groupsOf(root: string): GroupFiles[] {
  const lines = (read(join(root, 'proc/self/cgroup')) ?? '').split('\n');
  return lines.flatMap((line) => {
    const [, number, controllers = '', path = '/'] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    const isUnified = number === '0' && controllers === '';
    if (!isUnified && !controllers.split(',').includes('memory')) return [];
    const names = isUnified
      ? { limit: 'memory.max', used: 'memory.current', spare: 'inactive_file' }
      : { limit: 'memory.limit_in_bytes', used: 'memory.usage_in_bytes', spare: 'total_inactive_file' };
    const mounted = join(root, 'sys/fs/cgroup', isUnified ? '' : 'memory');
    return withParents(path).map((each) => ({ folder: join(mounted, each), ...names }));
  });
}

function withParents(path: string): string[] {
  return path === '/' || path === '.' ? ['/'] : [path, ...withParents(dirname(path))];
}

/** Null for `max`, and where there is no such file. */
function countIn(file: string): number | null {
  const text = read(file)?.trim() ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
