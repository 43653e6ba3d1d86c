import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { signal } from './marked-processes.ts';

/** `tgkill` of Linux, which Node does not have; Python reaches it. The number is that of x64, of arm64 otherwise. */
const TGKILL = `import ctypes, platform, sys
number = 234 if platform.machine() == 'x86_64' else 131
ctypes.CDLL(None).syscall(number, int(sys.argv[1]), int(sys.argv[2]), 11)`;

/** SIGSEGV to a worker thread of a process, as by a fault in native code. Without Python to any thread of it. */
export function crashThread(pid: number): boolean {
  const threads = threadsOf(pid);
  const worker = threads.find((each) => nameOf(pid, each).startsWith('WorkerThread')) ?? pid;
  const { status } = spawnSync('python3', ['-c', TGKILL, String(pid), String(worker)]);
  return status === 0 || signal(pid, 'SIGSEGV');
}

function threadsOf(pid: number): number[] {
  try {
    return fs.readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}

function nameOf(pid: number, thread: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8');
  } catch {
    return '';
  }
}
